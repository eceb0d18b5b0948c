import { useMutation } from '@tanstack/react-query'

import { LinkedAccountForm } from '#console/credentials/linked-account-form.tsx'
import { invitation } from '#console/data/invitation.ts'

import { DEAD_WORDS } from './dead-words.ts'

/** Name and password of the account that an invitation promises. */
export function InvitationForm({ token, email }: { token: string; email: string }) {
  const accept = useMutation(invitation.accept())
  return (
    <LinkedAccountForm
      email={email}
      emailHint="You sign in with it. An owner or an admin can invite another address."
      asksName
      passwordLabel="Password"
      submitLabel="Create the account and sign in"
      error={accept.error}
      failureTitle="The invitation was not accepted"
      deadWords={DEAD_WORDS}
      isPending={accept.isPending}
      onSubmit={(account, replies) => accept.mutate({ ...account, token }, replies)}
    />
  )
}
