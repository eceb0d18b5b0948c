import { ContentName } from '#api/contract/names.ts'
import type { ConstructHeader } from '#xanoscript/construct-header.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'
import { XanoScriptError } from '#xanoscript/position.ts'
import { readConstruct } from '#xanoscript/read-construct.ts'

import { AppError, invalidInput } from '../../errors.ts'
import type { BesideDocument } from '../../sent-document.ts'
import { remember } from './remember.ts'

/** Signs of a guid: 27 in the hosted product, 32 in a public SDK; whatever else fits one line without blanks. */
const GUID = /^[\x21-\x7e]{1,200}$/

/** A document that was sent, and what was said of it beside it. */
export interface SentText {
  xanoscript: string
  beside: BesideDocument
}

/**
 * Reads a document that was sent for a kind. Refuses with `syntax_error` (line and column in the payload) what is no
 * XanoScript, with `invalid_input` another kind and a name or guid that cannot be kept.
 */
export function readDocument(kind: ConstructKind, text: string): ConstructHeader {
  const header = readText(text)
  if (header.kind !== kind) {
    throw invalidInput(
      'xanoscript',
      `The document is of the kind ${header.kind}, and this address takes the kind ${kind}. Send it to the address of its kind.`,
    )
  }
  const name = ContentName.safeParse(header.name)
  if (name.data !== header.name) {
    const reason = name.error?.issues[0]?.message ?? 'It begins or ends with a space'
    throw invalidInput('name', `The name in the document is not taken: ${reason}.`)
  }
  if (header.guid !== null) requireGuid(header.guid)
  return header
}

/** Refuses what a request says beside a document where the document says otherwise: one of them is not meant. */
export function requireSame(document: { name: string; verb?: string | null }, beside: BesideDocument): void {
  const { name, path, verb } = beside
  refuseOther('name', name, document.name)
  refuseOther('path', path?.replace(/^\//, ''), document.name)
  refuseOther('verb', verb, document.verb ?? '')
}

function refuseOther(param: keyof BesideDocument, sent: string | undefined, inDocument: string): void {
  if (sent === undefined || sent === inDocument) return
  throw invalidInput(
    param,
    `The document says "${inDocument}", and ${param} beside it says "${sent}". Leave ${param} out, or let both say the same.`,
  )
}

/** Refuses a guid that is empty, too long or not one word. */
export function requireGuid(guid: string): void {
  if (!GUID.test(guid)) {
    throw invalidInput('guid', 'Invalid value for param guid: Letters, digits and signs without blanks, at most 200.')
  }
}

/** What the text says; the language's refusal as an answer with line and column. */
function readText(text: string): ConstructHeader {
  const read = tryRead(text)
  if ('failure' in read) throw syntaxError(read.failure)
  return read.header
}

/** A text that is no XanoScript, as the answer to it. */
export function syntaxError({ message, line, col }: XanoScriptError): AppError {
  return new AppError('syntax_error', message, { payload: { line, col } })
}

/** What a text says, or why it is no XanoScript. */
export type ReadText = { header: ConstructHeader } | { failure: XanoScriptError }

/** What is remembered of texts that were read, so that lists and documents do not read all of them anew each time. */
const REMEMBERED = { texts: 2_000, characters: 16 * 1_048_576 }

/**
 * Reads a text that need not be readable: it was imported, or written by an older version. The result is shared: do not
 * change it.
 */
export const tryRead: (text: string) => ReadText = remember((text) => {
  try {
    return { header: readConstruct(text) }
  } catch (error) {
    if (error instanceof XanoScriptError) return { failure: error }
    throw error
  }
}, REMEMBERED)
