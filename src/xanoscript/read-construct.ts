import { CONSTRUCT_GRAMMAR } from './construct-grammar.ts'
import type { ConstructHeader } from './construct-header.ts'
import { parseConstruct } from './parse-construct.ts'
import { readHeader } from './read-header.ts'

/**
 * Reads a document of any kind in `CONSTRUCT_KINDS`. Properties that are not known are left to the text; statements and
 * expressions are only balanced, not checked. Throws `XanoScriptError` with the place of what is wrong.
 */
export function readConstruct(source: string): ConstructHeader {
  return readHeader(parseConstruct(source, CONSTRUCT_GRAMMAR))
}
