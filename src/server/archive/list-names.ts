/** Names that a sentence can hold; of more it tells how many. */
const LISTED = 10
/** More of one name says nothing. */
const LENGTH_MAX = 100

/** `"a", "b" and 3 more`: names that somebody gave and that may be any number and of any length. */
export function listNames(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return `${names
    .slice(0, LISTED)
    .map((name) => (name.length > LENGTH_MAX ? `${name.slice(0, LENGTH_MAX)}…` : name))
    .join(', ')}${more}`
}
