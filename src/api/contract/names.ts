import { z } from 'zod'

/** Bytes PostgreSQL keeps of an identifier; a longer name would be cut silently. */
export const IDENTIFIER_MAX_BYTES = 63

const CONTROL = /\p{Cc}/u
/** Anything but blanks, control and format characters such as the blank without width. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u
const visible = (text: string): boolean => text === '' || VISIBLE.test(text)
const UNSEEN = 'A name needs a character that can be seen'

/** Bytes of a text in UTF-8; the contract runs where no TextEncoder is promised. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4
  }
  return bytes
}

/** A name of contents, as the Metadata API and archives have them: one line, trimmed, 1 to 200 characters. */
export const ContentName = z
  .string()
  .trim()
  .min(1, 'Give a name')
  .max(200, 'At most 200 characters')
  .refine((text) => !CONTROL.test(text), 'Line breaks and control characters are not allowed')
  .refine(visible, UNSEEN)

/**
 * What turns the text around it or takes no place: format characters, fillers, line separators. Not those that scripts and
 * emoji are written with: joiners, variation selectors.
 */
const UNSEEN_CHARACTER = /(?![\u200C\u200D\p{Variation_Selector}])[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
/** A joiner where it joins nothing: at an end, beside another one or beside a letter or digit that is never joined. */
const IDLE_JOINER =
  /(?:^|[\s\p{N}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u200C\u200D])[\u200C\u200D]|[\u200C\u200D](?:$|[\s\p{N}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])/u

/**
 * A name that people go by when they decide whom or what to trust (accounts, tokens, targets, schedules): a content name
 * that looks like what it is, so that no two that look alike differ in what cannot be seen.
 */
export const DisplayName = ContentName.refine(
  (text) => !UNSEEN_CHARACTER.test(text) && !IDLE_JOINER.test(text),
  'Characters that cannot be seen or that change the direction of the text are not allowed',
)

/** A name that becomes a PostgreSQL identifier: at most 63 bytes of UTF-8, no control characters. */
export const Identifier = z
  .string()
  .trim()
  .min(1, 'Give a name')
  .refine(
    (text) => utf8Length(text) <= IDENTIFIER_MAX_BYTES,
    `At most ${IDENTIFIER_MAX_BYTES} bytes; PostgreSQL would cut a longer name`,
  )
  .refine((text) => !CONTROL.test(text), 'Line breaks and control characters are not allowed')
  .refine(visible, UNSEEN)
  .refine((text) => text !== '.' && text !== '..', 'Addresses cannot hold this name')

/** Branch and data source labels: letters, digits, `_`, `-`, `.`; at most 40 characters. */
export const Label = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, 'Letters, digits, _ - and ., at most 40 characters')

/** `2023-04-19 21:01:32+0000`, the time format of the Metadata API. */
export const MetaTime = z.string()

/** Writes a moment in the time format of the Metadata API (seconds, UTC). */
export function metaTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')}+0000`
}
