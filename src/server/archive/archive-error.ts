import { AppError } from '../errors.ts'

/** Finer than `bad_archive`: what is wrong with the file. */
export type BadArchiveReason =
  | 'not_an_archive'
  | 'hosted_format'
  | 'unsupported_encryption'
  | 'truncated'
  | 'corrupted'
  | 'bomb'
  | 'unsafe_name'
  | 'unsafe_member'
  | 'duplicate_member'
  | 'unlisted_member'
  | 'missing_member'
  | 'too_large_member'
  | 'bad_manifest'
  | 'bad_definition'
  | 'wrong_row_count'
  | 'bad_rows'

/** A file that is refused. `what` says what is wrong; that nothing was changed is added. */
export function badArchive(reason: BadArchiveReason, what: string, cause?: unknown): AppError {
  return new AppError('bad_archive', `${what} Nothing was changed.`, {
    payload: { reason },
    ...(cause === undefined ? {} : { cause }),
  })
}

/** The archive ends too early. */
export function truncated(cause?: unknown): AppError {
  const what = 'The archive ends too early: a part of the file is missing. Copy or download it again.'
  return badArchive('truncated', what, cause)
}

/** The archive's bytes are not the ones that were written. */
export function corrupted(detail: string, cause?: unknown): AppError {
  const what = `The archive is damaged: ${detail}. Copy or download it again, or use another backup.`
  return badArchive('corrupted', what, cause)
}

/** The archive needs a password that was not given, or was given another one. */
export function wrongPassword(reason: 'password_required' | 'wrong_password'): AppError {
  const message =
    reason === 'password_required'
      ? 'The archive is encrypted. Give the password it was made with. Nothing was changed.'
      : 'The password does not open this archive. Check it for typing mistakes and give the one it was made with. Nothing was changed.'
  return new AppError('wrong_password', message, { payload: { param: 'password', reason } })
}

/** The archive was written by a later release. */
export function archiveTooNew(found: number, supported: number): AppError {
  return new AppError(
    'archive_too_new',
    `The archive has format ${found}, and this Metadeck reads formats up to ${supported}. Upgrade Metadeck and try again. Nothing was changed.`,
    { payload: { reason: 'archive_too_new', found, supported } },
  )
}
