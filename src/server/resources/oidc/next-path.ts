/** Any origin will do: what matters is whether the path stays on it. */
const HERE = 'http://console.invalid'

/**
 * Where to go after a sign-in: the path that was asked for where it is one of this console, else the start page.
 * `//other.example`, `/\other.example` and `/x/..//other.example` lead elsewhere and are refused, and so is what the
 * server answers itself: `/api:...`.
 */
export function ownPath(wanted: string): string {
  if (!wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return '/'
  const url = new URL(wanted, HERE)
  if (url.origin !== HERE || url.pathname.startsWith('//')) return '/'
  if (url.pathname === '/sign-in' || /^\/(api|rt|v1|instance|vault)/i.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
