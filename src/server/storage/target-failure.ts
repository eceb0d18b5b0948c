import { AppError } from '../errors.ts'

/** What a store refused, finer than the error code. */
export type TargetReason =
  | 'target_unreachable'
  | 'target_damaged'
  | 'no_such_bucket'
  | 'wrong_key'
  | 'no_access'
  | 'wrong_region'
  | 'wrong_clock'
  | 'no_certificate'
  | 'not_a_store'
  | 'target_full'
  | 'sealed_secret'

/** A target that may work again by itself: jobs try again. `cause` must hold no secret; it goes to the log. */
export function unreachable(message: string, cause?: unknown, reason: TargetReason = 'target_unreachable'): AppError {
  return new AppError('not_ready', message, { payload: { reason }, cause })
}

/** A target that answers no, and will until somebody changes something: jobs end. */
export function refused(reason: TargetReason, message: string, cause?: unknown): AppError {
  return new AppError('target_refused', message, { payload: { reason }, cause })
}
