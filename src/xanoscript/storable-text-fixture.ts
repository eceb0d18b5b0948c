import fc from 'fast-check'

/** Any text that can be stored: no NUL, no half of a character. */
export function storableText(bounds: { minLength?: number; maxLength: number }): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', ...bounds }).map((text) => text.replaceAll('\0', '0').toWellFormed())
}
