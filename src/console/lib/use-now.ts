import { useEffect, useState } from 'react'

/** The present moment, looked at again after each interval; stands still while the tab is hidden. The interval may depend on the moment itself. */
export function useNow(interval: number | ((now: Date) => number)): Date {
  const [now, setNow] = useState(() => new Date())
  const waitMs = typeof interval === 'number' ? interval : interval(now)

  useEffect(() => {
    const refresh = () => {
      if (!document.hidden) setNow(new Date())
    }
    const timer = setInterval(refresh, waitMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [waitMs])

  return now
}
