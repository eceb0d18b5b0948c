/** The sign-in address that leads back to where one wanted to be. */
export function signInPath(wanted: { pathname: string; search: string; hash: string }): string {
  const next = `${wanted.pathname}${wanted.search}${wanted.hash}`
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}

/** Any origin will do: what matters is whether the path stays on it. */
const HERE = 'http://console.invalid'

/** Where to go after sign-in. Only paths of this console are followed: `//other.example` and `/\other.example` are not. */
export function nextPath(search: URLSearchParams): string {
  const wanted = search.get('next') ?? '/'
  if (!wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return '/'
  const url = new URL(wanted, HERE)
  if (url.origin !== HERE || url.pathname === '/sign-in') return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
