import { useQuery } from '@tanstack/react-query'

import { IncompleteLink } from '#console/credentials/dead-link.tsx'
import { OpenedLink } from '#console/credentials/opened-link.tsx'
import { useLinkSecret } from '#console/credentials/use-link-secret.ts'
import { recovery } from '#console/data/recovery.ts'
import { Callout } from '#console/ui/callout.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { DEAD_WORDS } from './dead-words.ts'
import { RecoveryForm } from './recovery-form.tsx'

/** Opened by the link that `metadeck recover-owner` prints. */
export function Component() {
  const token = useLinkSecret()
  if (token === '') return <IncompleteLink>Open the whole link as the command printed it</IncompleteLink>
  return <Opened key={token} token={token} />
}

function Opened({ token }: { token: string }) {
  const look = useQuery(recovery.look(token))
  return (
    <OpenedLink
      look={look}
      title="Get back into your account"
      description={
        look.data && (
          <>
            Choose a new password for this owner. The link ends <RelativeTime at={look.data.expiresAt} />.
          </>
        )
      }
      deadTitle="This recovery link is not valid"
      deadWords={DEAD_WORDS}
      skeleton={{ lines: 5, label: 'Loading the account' }}
      failureTitle="Could not open the link"
    >
      {look.data && (
        <>
          {look.data.resetsTwoStep && (
            <Callout tone="warning" title="The second step is taken away">
              With the new password the authenticator app, the passkeys and the recovery codes of this account are
              removed. Set up a second step again after you have signed in.
            </Callout>
          )}
          <RecoveryForm token={token} email={look.data.email} />
        </>
      )}
    </OpenedLink>
  )
}
