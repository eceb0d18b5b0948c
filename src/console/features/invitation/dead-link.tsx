import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

/** A link that opens nothing, and what to do about it. */
export function DeadLink({ isIncomplete = false }: { isIncomplete?: boolean }) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={isIncomplete ? 'This link is incomplete' : 'This invitation is not valid'} />
      {isIncomplete ? (
        <Callout tone="warning" title="The part behind the # is missing">
          Open the whole link of your invitation, as it was sent to you; also after a reload, because the console does
          not keep it.
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
      It was used, taken back, replaced by a newer link, or is older than seven days. Whoever invited you can send a new
      one. If you accepted it yourself, sign in.
    </Callout>
  )
}
