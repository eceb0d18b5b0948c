import { useMutation } from '@tanstack/react-query'

import { LinkedAccountForm } from '#console/credentials/linked-account-form.tsx'
import { recovery } from '#console/data/recovery.ts'

import { DEAD_WORDS } from './dead-words.ts'

/** The new password of the account that a link recovers. */
export function RecoveryForm({ token, email }: { token: string; email: string }) {
  const finish = useMutation(recovery.finish())
  return (
    <LinkedAccountForm
      email={email}
      passwordLabel="New password"
      submitLabel="Set the password and sign in"
      error={finish.error}
      failureTitle="The password was not changed"
      deadWords={DEAD_WORDS}
      isPending={finish.isPending}
      onSubmit={({ password }, replies) => finish.mutate({ password, token }, replies)}
    />
  )
}
