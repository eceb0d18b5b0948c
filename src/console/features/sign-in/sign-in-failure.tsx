import { ApiError } from '#api/client/api-error.ts'
import { codeFailure } from '#console/credentials/code-failure.ts'
import { formatDuration } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { FormError } from '#console/ui/form-error.tsx'

interface SignInFailureProps {
  error: unknown
  failedAt: number
}

/** Why signing in did not work, and when or how it will. */
export function SignInFailure({ error, failedAt }: SignInFailureProps) {
  if (error instanceof ApiError && error.code === 'unauthorized') {
    return (
      <FormError title="E-mail address or password is wrong">
        Check both. Passwords tell capital and small letters apart.
      </FormError>
    )
  }
  return <StepFailure error={error} failedAt={failedAt} />
}

/** Why a step of signing in did not work, in the server's words; a wait is counted down. */
export function StepFailure({ error, failedAt }: SignInFailureProps) {
  if (error instanceof ApiError && error.code === 'too_many_requests') {
    return <Throttled untilMs={failedAt + (error.retryAfterSeconds ?? 0) * 1_000} />
  }
  return <FormError {...(codeFailure(error, 'Could not sign in') ?? { title: 'Could not sign in' })} />
}

/** The server speaks of the app for every wrong code. */
export function RecoveryFailure({ error, failedAt }: SignInFailureProps) {
  if (error instanceof ApiError && error.payload?.reason === 'wrong_code') {
    return (
      <FormError title="This recovery code is wrong or was used">
        Each works once. Try another one of your list.
      </FormError>
    )
  }
  return <StepFailure error={error} failedAt={failedAt} />
}

/** Counts the wait down, so that nobody has to guess. */
function Throttled({ untilMs }: { untilMs: number }) {
  const leftMs = untilMs - useNow(1_000).getTime()
  return (
    <FormError title="Too many attempts">
      {leftMs > 0 ? `Try again in ${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)}.` : 'You can try again now.'}
    </FormError>
  )
}
