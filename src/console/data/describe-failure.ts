import { ApiError } from '#api/client/api-error.ts'

import { refusalWords } from './may.ts'
import { UnreadableFile } from './unreadable-file.ts'

export interface FailureText {
  /** What happened. */
  title: string
  /** Why. */
  cause: string
  /** What to do. */
  advice: string | undefined
  /** For support: the request's id, or what did not fit. */
  detail: string | undefined
  /** Asking again would end the same: nothing is to be had without other rights. */
  isFinal?: boolean
}

const adviceByCode: Partial<Record<ApiError['code'], string>> = {
  bad_reply: 'Reload the page: the console and the server may be of different versions.',
  not_found: 'It may have been deleted since. Go back to the list.',
  conflict: 'Look at how it is now, then try again.',
  not_ready: 'The server is starting or its database is away. Try again in a moment.',
  target_refused: 'Change the settings of the target under Protection, then test it.',
}

/** Finer than the code. */
const adviceByReason: Partial<Record<string, string>> = {
  target_unreachable: 'The target is away for now. A run is tried again by itself; anything else can be repeated.',
  target_full: 'Make room in the target, or choose another one.',
  target_damaged: 'Verify the backups that lie there, and look after the disk of the target.',
  // Their sentences say already what to do.
  last_owner: '',
  already_invited: '',
  disk_full: 'Make room on the disk of the server, then go on: what has arrived stays.',
}

/** What a 403 is called everywhere in the API; the sentence after it says the same. */
const REFUSED = 'Access Denied. '

function causeOf(error: ApiError): string {
  if (error.message.startsWith(REFUSED)) return error.message.slice(REFUSED.length)
  return error.code === 'bad_reply' ? 'The server’s answer does not have the agreed form.' : error.message
}

function adviceOf(error: ApiError): string | undefined {
  if (error.code === 'too_many_requests' && error.retryAfterSeconds !== undefined)
    return `Try again in ${error.retryAfterSeconds} s.`
  return adviceByReason[error.payload?.reason ?? ''] ?? adviceByCode[error.code]
}

function detailOf(error: ApiError): string | undefined {
  const request = error.requestId === undefined ? undefined : `Request ${error.requestId}`
  return error.code === 'bad_reply' ? [error.message, request].filter(Boolean).join(' · ') : request
}

/** Puts a failure into the words of an `ErrorState` or a `FormError`; `title` says what was being done: "Could not load the tables". */
export function describeFailure(error: unknown, title: string): FailureText {
  if (error instanceof ApiError) {
    const refusal = error.code === 'access_denied' ? refusalWords(error.payload ?? {}) : undefined
    if (refusal) return { title, ...refusal, detail: detailOf(error), isFinal: true }
    return { title, cause: causeOf(error), advice: adviceOf(error), detail: detailOf(error) }
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return { title, cause: 'The server did not answer in time.', advice: undefined, detail: undefined }
  }
  if (error instanceof UnreadableFile) return { title, cause: error.message, advice: undefined, detail: undefined }
  const detail = error instanceof Error ? error.message : String(error)
  return { title, cause: 'Something went wrong in the console itself.', advice: 'Reload the page.', detail }
}
