import { XanoScriptError } from '#xanoscript/position.ts'

import { invalidInput } from '../../errors.ts'

/**
 * Runs what writes a text from settings. The name is the only setting that the language can refuse; its line and
 * column would be those of a text that the caller never saw.
 */
export function fromSettings(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof XanoScriptError) {
      throw invalidInput(
        'name',
        `Invalid value for param name: ${error.message.replace(/ \(line \d+, column \d+\)$/, '')}`,
      )
    }
    throw error
  }
}
