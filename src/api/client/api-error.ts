import { type ErrorCode, ERROR_STATUS, META_CODES, type ErrorPayload, type FieldIssue } from '#api/contract/errors.ts'

/** Failures that arise on this side: no answer at all, or one that does not fit the contract. */
export type ClientErrorCode = 'network' | 'bad_reply' | 'aborted'

const BY_META_CODE = new Map(
  Object.entries(META_CODES)
    .toReversed()
    .map(([code, meta]) => [meta, code as ErrorCode]),
)

/** Our code for what a server answered: own codes and the Metadata API's spelling come out the same. */
export function normalCode(code: string, status: number): ErrorCode {
  if (code in ERROR_STATUS) return code as ErrorCode
  const known = BY_META_CODE.get(code)
  if (known !== undefined) return known
  const byStatus = Object.entries(ERROR_STATUS).find(([, value]) => value === status)
  return (byStatus?.[0] as ErrorCode | undefined) ?? 'internal'
}

interface ApiErrorDetail {
  status?: number
  payload?: ErrorPayload | null | undefined
  requestId?: string | undefined
  retryAfterSeconds?: number | undefined
  cause?: unknown
}

/** A call that failed. Branch on `code`, never on the text. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: ErrorCode | ClientErrorCode
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly payload: ErrorPayload | null
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode | ClientErrorCode, message: string, detail: ApiErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.status = detail.status ?? 0
    this.payload = detail.payload ?? null
    this.requestId = detail.requestId
    this.retryAfterSeconds = detail.retryAfterSeconds
  }

  /** The refused fields, first one first; empty when the failure names none. */
  get issues(): FieldIssue[] {
    if (this.payload?.issues !== undefined) return this.payload.issues
    return this.payload?.param === undefined ? [] : [{ param: this.payload.param, message: this.message }]
  }
}
