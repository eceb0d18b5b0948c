import { createContext, Script } from 'node:vm'

import { BadValue } from './bad-value.ts'

/** Far more than an honest pattern needs; ends one that backtracks without end, which would stop the whole server. */
const MATCH_TIMEOUT_MS = 100

/** Where patterns run: only there can node end an expression that is running. */
const sandbox: { pattern: RegExp; text: string } = { pattern: /^/, text: '' }
const context = createContext(sandbox)
const match = new Script('pattern.test(text)')

/** Compiles a pattern of a column; throws `SyntaxError` for one that is none. */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    // Older patterns escape characters that the Unicode mode refuses to see escaped.
    return new RegExp(source)
  }
}

/** Throws unless the text matches. The pattern comes from a table's definition and is not trusted to end. */
export function requirePattern(text: string, source: string): void {
  sandbox.pattern = compilePattern(source)
  sandbox.text = text
  let isMatch: unknown
  try {
    isMatch = match.runInContext(context, { timeout: MATCH_TIMEOUT_MS })
  } catch {
    throw new BadValue('takes too long to compare with the pattern of this column; the pattern backtracks without end')
  }
  if (isMatch !== true) throw new BadValue(`must match the pattern ${source}`)
}
