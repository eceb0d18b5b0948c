import type { ErrorCode, ErrorPayload, FieldIssue } from '#api/contract/errors.ts'

/**
 * An expected failure. The error handler turns `code` into the HTTP status and the dialect's spelling. The message
 * says what happened, why, and what to do; it must hold no secret and no row content.
 */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly payload: ErrorPayload | undefined
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    detail: { payload?: ErrorPayload; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.payload = detail.payload
    this.retryAfterSeconds = detail.retryAfterSeconds
  }
}

/** A refused value: 400 with the field named. `param` is the dotted path of the field. */
export function invalidInput(param: string, message: string): AppError {
  return new AppError('invalid_input', message, { payload: { param, issues: [{ param, message }] } })
}

/** Several refused values at once; the first one leads. */
export function invalidInputs(issues: readonly [FieldIssue, ...FieldIssue[]]): AppError {
  return new AppError('invalid_input', issues[0].message, { payload: { param: issues[0].param, issues: [...issues] } })
}

/** `what` starts the sentence: "The table 12". */
export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} does not exist or was deleted.`)
}

/** A reason to end the process at start: printed as one sentence, exit code 2. */
export class StartError extends Error {
  override name = 'StartError'
}
