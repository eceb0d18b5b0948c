import { ApiError } from '#api/client/api-error.ts'

/** The server's one answer to every link of that kind that is not good. */
const REASONS: ReadonlySet<string | undefined> = new Set(['invitation', 'recovery'])

/** Whether a one-time link opens nothing: never made, used, replaced or too old. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && REASONS.has(error.payload?.reason)
}
