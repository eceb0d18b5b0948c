/** What stands in place of a secret. */
export const MASK = '•••'

/** Words in a name that make its value a secret. */
const SECRET_WORDS = new Set(
  'authorization bearer cookie credential credentials hash key keys otp passphrase passwd password passwords pin private recovery sealed secret secrets token tokens totp'.split(
    ' ',
  ),
)
/** Words at the end of a name that make it say something about a secret, and not the secret. */
const ABOUT = new Set(
  'at by bytes count days enabled fields from id ids kind kinds length name names seconds to type'.split(' '),
)

/** Secrets that are known by their form, wherever they stand. */
const FORMS: readonly RegExp[] = [
  /mdk_[0-9A-Za-z]{20,}/g,
  /\bBearer\s+[^\s"']+/gi,
  /\bBasic\s+[\w+/=-]{8,}/gi,
  // Begins only where a run of its characters begins: else a hostile text would be read once for each beginning.
  /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  /AGE-SECRET-KEY-1[0-9A-Z]+/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*/g,
  /\$argon2(?:id|i|d)\$[^\s"']+/g,
  // A password in an address.
  /(?<=:\/\/[^\s/:@]{0,200}:)[^\s/@]+(?=@)/g,
  // A secret in the query or fragment of an address.
  /(?<=[?&#](?:access_token|api_?key|password|secret|signature|token)=)[^\s&#"']+/gi,
]

/** In characters; nobody reads a longer text in a record, and it would take long to look through. */
const TEXT_MAX = 8_192
/** Deeper than any definition; what lies below is not looked at, and so not told. */
const DEPTH_MAX = 50

/**
 * The same value without secrets: what has a secret's name, at any depth, and what has a secret's form. Flags and null
 * stay: that there is a password is none.
 */
export function maskSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth > DEPTH_MAX) return MASK
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, depth + 1))
  // Not assigned one by one: a key may be `__proto__`.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) && !isListOfThings(name, inner) ? maskWhole(name, inner) : maskSecrets(inner, depth + 1),
    ]),
  )
}

function maskText(text: string): string {
  if (text.length > TEXT_MAX) return `(${text.length} characters)`
  return FORMS.reduce((masked, form) => masked.replace(form, MASK), text)
}

/** `tokens: [{ id: 3, kept: true }]` tells which ones, as every list of things does. */
function isListOfThings(name: string, value: unknown): boolean {
  return /tokens$/i.test(name) && Array.isArray(value) && value.every((item) => typeof item === 'object')
}

/** A number of something (`tokens: 3`) is none of it. */
function maskWhole(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return value
  return typeof value === 'number' && name.endsWith('s') ? value : MASK
}

/** `secretAccessKey`, `sealed_password` and `X-Api-Key` are; `accessKeyId`, `tokenName` and `canonical` are not. */
function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
  if (ABOUT.has(words.at(-1) ?? '')) return false
  return words.some((word) => SECRET_WORDS.has(word) || /^api_?key$|^(access|auth|refresh)token$/.test(word))
}
