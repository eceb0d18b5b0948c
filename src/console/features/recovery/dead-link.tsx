import { ApiError } from '#api/client/api-error.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

/** The server's one answer to every link that is not good. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.payload?.reason === 'recovery'
}

/** A link that opens nothing, and what to do about it. */
export function DeadLink({ isIncomplete = false }: { isIncomplete?: boolean }) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={isIncomplete ? 'This link is incomplete' : 'This recovery link is not valid'} />
      {isIncomplete ? (
        <Callout tone="warning" title="The part behind the # is missing">
          Open the whole link as the command printed it; also after a reload, because the console does not keep it.
        </Callout>
      ) : (
        <DeadLinkNote />
      )}
      <ButtonLink to="/sign-in">Sign in</ButtonLink>
    </div>
  )
}

/** The server does not tell the reasons apart, so this does not either. */
export function DeadLinkNote() {
  return (
    <Callout tone="warning" title="The link opens nothing any more">
      It was used, replaced by a newer link, or is older than 15 minutes. Run the command again on the machine of the
      server.
    </Callout>
  )
}
