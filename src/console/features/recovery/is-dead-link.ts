import { ApiError } from '#api/client/api-error.ts'

/** The server's one answer to every link that is not good. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.payload?.reason === 'recovery'
}
