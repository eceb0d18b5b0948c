import { pino } from 'pino'

import type { Deps } from './deps.ts'

/** Places where libraries put request headers, and with them tokens and cookies. */
const SECRETS = ['headers', 'req.headers', 'res.headers', 'request.headers', 'busboyOptions.headers']

/**
 * The log, on standard error: standard output is for the one line that says where Metadeck is. Never headers; of an
 * error only what it is and where, for the details of database errors hold values.
 */
export function openLog(
  level: string,
  destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): Deps['log'] {
  const options: pino.LoggerOptions = {
    level,
    redact: { paths: SECRETS, censor: '[left out]' },
    serializers: { err: describeError },
  }
  return pino(options, destination)
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code } = error as NodeJS.ErrnoException
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
