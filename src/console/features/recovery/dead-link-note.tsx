import { Callout } from '#console/ui/callout.tsx'

/** The server does not tell the reasons apart, so this does not either. */
export function DeadLinkNote() {
  return (
    <Callout tone="warning" title="The link opens nothing any more">
      It was used, replaced by a newer link, or is older than 15 minutes. Run the command again on the machine of the
      server.
    </Callout>
  )
}
