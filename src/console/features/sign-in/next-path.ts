/** The sign-in address that leads back to where one wanted to be. */
export function signInPath(wanted: { pathname: string; search: string; hash: string }): string {
  const next = `${wanted.pathname}${wanted.search}${wanted.hash}`
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}

/** The address of the second step, or with `false` of the first one; the way back is kept. */
export function stepPath(search: URLSearchParams, isStep: boolean): string {
  const next = nextPath(search)
  const query = new URLSearchParams({ ...(isStep ? { step: '1' } : {}), ...(next === '/' ? {} : { next }) }).toString()
  return query === '' ? '/sign-in' : `/sign-in?${query}`
}

/** Any origin will do: what matters is whether the path stays on it. */
const HERE = 'http://console.invalid'

/**
 * Where to go after sign-in. Only paths of this console are followed: `//other.example`, `/\other.example` and
 * `/x/..//other.example`, which becomes the first, are not.
 */
export function nextPath(search: URLSearchParams): string {
  const wanted = search.get('next') ?? '/'
  if (!wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return '/'
  const url = new URL(wanted, HERE)
  if (url.origin !== HERE || url.pathname.startsWith('//') || url.pathname === '/sign-in') return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
