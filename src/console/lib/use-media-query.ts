import { useCallback, useSyncExternalStore } from 'react'

/** Whether a CSS media query holds, for where the markup itself must differ. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** Too narrow for columns: lists are stacked then. Matches the `sm` breakpoint. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(width < 40rem)')
}
