import { ApiError } from '#api/client/api-error.ts'

import { AppError, StartError } from '../errors.ts'

/** What the command says to the shell; documented in `--help`. */
export const EXIT = {
  good: 0,
  failed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** It ran, and what came out is not good. */
  notGood: 3,
  /** Not found, or refused. */
  refused: 4,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** An expected end of a command: a sentence for people, a code for scripts. */
export class CliError extends Error {
  override name = 'CliError'
  readonly exit: ExitCode
  readonly code: string

  constructor(exit: ExitCode, code: string, message: string, detail: { cause?: unknown } = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.exit = exit
    this.code = code
  }
}

/** Options that cannot be understood. */
export function wrongUsage(message: string): CliError {
  return new CliError(EXIT.usage, 'usage', message)
}

const REFUSALS = new Set(['not_found', 'access_denied', 'unauthorized', 'conflict', 'wrong_password'])

/** Any failure as code, sentence and exit code. */
export function describeFailure(error: unknown): { exit: ExitCode; code: string; message: string } {
  if (error instanceof CliError) return { exit: error.exit, code: error.code, message: error.message }
  if (error instanceof StartError) return { exit: EXIT.usage, code: 'configuration', message: error.message }
  if (error instanceof ApiError || error instanceof AppError) {
    const { code, message } = error
    if (REFUSALS.has(code)) return { exit: EXIT.refused, code, message }
    return { exit: code === 'invalid_input' ? EXIT.usage : EXIT.failed, code, message }
  }
  return { exit: EXIT.failed, code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
