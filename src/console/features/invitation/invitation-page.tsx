import { useQuery, type QueryClient } from '@tanstack/react-query'

import type { Role } from '#api/contract/members.ts'
import { IncompleteLink } from '#console/credentials/dead-link.tsx'
import { OpenedLink } from '#console/credentials/opened-link.tsx'
import { useLinkSecret } from '#console/credentials/use-link-secret.ts'
import { invitation } from '#console/data/invitation.ts'
import { session } from '#console/data/session.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { Callout } from '#console/ui/callout.tsx'

import { DEAD_WORDS } from './dead-words.ts'
import { InvitationForm } from './invitation-form.tsx'

/** Whether somebody is signed in already decides what the page warns of; with the server away the form says so itself. */
export function createLoader(client: QueryClient) {
  return async () => {
    await client.query({ ...session.current(), staleTime: 'static', retry: false }).catch(() => undefined)
    return null
  }
}

export function Component() {
  const token = useLinkSecret()
  if (token === '')
    return <IncompleteLink>Open the whole link of your invitation, as it was sent to you</IncompleteLink>
  return <Opened key={token} token={token} />
}

const ROLE_WORDS: Record<Role, string> = {
  owner: 'as an owner: you may do everything here',
  admin: 'as an admin: you may do everything but what concerns owners and how people sign in',
  member: 'as a member: you may do what your scopes allow',
}

function Opened({ token }: { token: string }) {
  const look = useQuery(invitation.look(token))
  const signedIn = useQuery({ ...session.current(), enabled: false }).data?.signedIn
  return (
    <OpenedLink
      look={look}
      title="Join this Metadeck"
      description={
        look.data && (
          <>
            {look.data.invitedBy} invites you {ROLE_WORDS[look.data.role]}. The link is good once, until{' '}
            {formatLocal(new Date(look.data.expiresAt))}.
          </>
        )
      }
      deadTitle="This invitation is not valid"
      deadWords={DEAD_WORDS}
      skeleton={{ lines: 6, label: 'Loading the invitation' }}
      failureTitle="Could not open the invitation"
    >
      {look.data && (
        <>
          {signedIn && (
            <Callout tone="warning" title={`You are signed in as ${signedIn.user.email}`}>
              To accept signs this browser in as {look.data.email} instead.
            </Callout>
          )}
          <InvitationForm token={token} email={look.data.email} />
        </>
      )}
    </OpenedLink>
  )
}
