import { useSearchParams } from 'react-router'

import { readTokenView } from './token-list.ts'

/** Filter and order of the list, kept in the address. */
export function useTokenView() {
  const [params, setParams] = useSearchParams()

  function setView(change: Record<string, string>) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [key, value] of Object.entries(change)) {
          if (value === '' || value === 'all') next.delete(key)
          else next.set(key, value)
        }
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }

  const clear = () => setParams({}, { replace: true, preventScrollReset: true })
  return { view: readTokenView(params), setView, clear }
}
