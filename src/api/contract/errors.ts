import { z } from 'zod'

/**
 * Failure codes of the console's own operations, with their HTTP status. The Metadata API has its own spelling
 * (`contract/README.md`, Errors); `META_CODES` maps between the two.
 */
export const ERROR_STATUS = {
  invalid_input: 400,
  syntax_error: 400,
  wrong_password: 400,
  bad_archive: 400,
  archive_too_new: 400,
  unauthorized: 401,
  access_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  /** The place for archives refuses: wrong key, no such bucket. Trying again does not help. */
  target_refused: 424,
  too_many_requests: 429,
  internal: 500,
  not_ready: 503,
} as const
export type ErrorCode = keyof typeof ERROR_STATUS

/** The Metadata API's spelling of each code. Codes it does not know become its nearest one. */
export const META_CODES: Record<ErrorCode, string> = {
  invalid_input: 'ERROR_CODE_INPUT_ERROR',
  syntax_error: 'ERROR_CODE_SYNTAX_ERROR',
  wrong_password: 'ERROR_CODE_INPUT_ERROR',
  bad_archive: 'ERROR_CODE_INPUT_ERROR',
  archive_too_new: 'ERROR_CODE_INPUT_ERROR',
  unauthorized: 'ERROR_CODE_UNAUTHORIZED',
  access_denied: 'ERROR_CODE_ACCESS_DENIED',
  not_found: 'ERROR_CODE_NOT_FOUND',
  method_not_allowed: 'ERROR_CODE_NOT_FOUND',
  conflict: 'ERROR_CODE_CONFLICT',
  too_large: 'ERROR_CODE_INPUT_ERROR',
  unsupported_type: 'ERROR_CODE_INPUT_ERROR',
  too_many_requests: 'ERROR_CODE_TOO_MANY_REQUESTS',
  internal: 'ERROR_FATAL',
  not_ready: 'ERROR_FATAL',
  target_refused: 'ERROR_FATAL',
}

/** One field that was refused. `param` is the dotted path in the body, query or path. */
export const FieldIssue = z.object({ param: z.string(), message: z.string() })
export type FieldIssue = z.infer<typeof FieldIssue>

/** Detail of a failure. `param` names the first field, `issues` all of them; `reason` is finer than the code. */
export const ErrorPayload = z.looseObject({
  param: z.string().optional(),
  issues: z.array(FieldIssue).optional(),
  scope: z.string().optional(),
  reason: z.string().optional(),
})
export type ErrorPayload = z.infer<typeof ErrorPayload>

/** The body of every failure, in both dialects. */
export const ErrorReply = z.object({
  code: z.string(),
  message: z.string(),
  payload: ErrorPayload.nullish(),
})
export type ErrorReply = z.infer<typeof ErrorReply>
