import { useQuery } from '@tanstack/react-query'

import { DeadLink, IncompleteLink } from '#console/credentials/dead-link.tsx'
import { useLinkSecret } from '#console/credentials/use-link-secret.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { recovery } from '#console/data/recovery.ts'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { DeadLinkNote } from './dead-link-note.tsx'
import { isDeadLink } from './is-dead-link.ts'
import { RecoveryForm } from './recovery-form.tsx'

/** Opened by the link that `metadeck recover-owner` prints. */
export function Component() {
  const token = useLinkSecret()
  if (token === '') return <IncompleteLink>Open the whole link as the command printed it</IncompleteLink>
  return <Opened key={token} token={token} />
}

function Opened({ token }: { token: string }) {
  const look = useQuery(recovery.look(token))
  if (isDeadLink(look.error)) {
    return (
      <DeadLink title="This recovery link is not valid">
        <DeadLinkNote />
      </DeadLink>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Get back into your account"
        description={
          look.data && (
            <>
              Choose a new password for this owner. The link ends <RelativeTime at={look.data.expiresAt} />.
            </>
          )
        }
      />
      {look.isPending && <TextSkeleton lines={5} label="Loading the account" />}
      {look.isLoadingError && (
        <ErrorState
          {...describeFailure(look.error, 'Could not open the link')}
          onRetry={() => void look.refetch()}
          isRetrying={look.isFetching}
        />
      )}
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
    </div>
  )
}
