/** A backslash itself, or an escape that PostgreSQL's jsonb refuses: NUL, and half a character. */
const ESCAPES = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** JSON that PostgreSQL stores whatever text is in it: what it would refuse becomes U+FFFD. */
export function storableJson(value: unknown): string {
  // `undefined` has no JSON; a half character is the only surrogate that JSON.stringify writes as an escape.
  const json = JSON.stringify(value) ?? 'null'
  return json.replaceAll(ESCAPES, (escape) => (escape === '\\\\' ? escape : '\uFFFD'))
}
