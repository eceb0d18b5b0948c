import { useCallback, useEffect, useRef } from 'react'
import { type NavigateOptions, useLocation, useNavigate, useSearchParams } from 'react-router'

type Change = URLSearchParams | Record<string, string> | ((before: URLSearchParams) => URLSearchParams)

/** What the address was last asked to become, and from which entry of the history. */
let asked: { from: string; params: URLSearchParams } | undefined

/**
 * The parameters of the address, and a way to change them in which changes add up: the router draws a change a moment
 * later (after the loaders, and in a transition), and its own `useSearchParams` builds a second one on what was drawn
 * when the handler was made, so that it takes back the first.
 */
export function useUrlParams(): [URLSearchParams, (change: Change, options?: NavigateOptions) => void] {
  const [params] = useSearchParams()
  const { key } = useLocation()
  const navigate = useNavigate()
  const drawn = useRef({ key, params })

  useEffect(() => {
    drawn.current = { key, params }
    // What was asked is drawn, or something else is.
    if (asked?.from !== key) asked = undefined
  }, [key, params])

  const setParams = useCallback(
    (change: Change, options?: NavigateOptions) => {
      const from = drawn.current.key
      const before = asked?.from === from ? asked.params : drawn.current.params
      const next = new URLSearchParams(typeof change === 'function' ? change(before) : change)
      asked = { from, params: next }
      void navigate(`?${next}`, options)
    },
    [navigate],
  )
  return [params, setParams]
}
