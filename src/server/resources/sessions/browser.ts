/** Names in the order in which they are looked for: most browsers also call themselves by the names below them. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['HeadlessChrome', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Version', 'Safari'],
  ['curl', 'curl'],
] as const

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['CrOS', 'ChromeOS'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A user agent in words, "Firefox 145 on Linux"; what it does not tell is left out. Never trust it: anybody can send it. */
export function browserOf(userAgent: string): string {
  const known = BROWSERS.find(([mark]) => userAgent.includes(`${mark}/`))
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1]
  if (known === undefined) return system === undefined ? 'Unknown browser' : `Unknown browser on ${system}`
  const [mark, name] = known
  const version = Number.parseInt(userAgent.slice(userAgent.indexOf(`${mark}/`) + mark.length + 1), 10)
  const browser = Number.isNaN(version) ? name : `${name} ${version}`
  return system === undefined ? browser : `${browser} on ${system}`
}
