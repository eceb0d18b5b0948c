import { Callout } from '#console/ui/callout.tsx'

/** The server does not tell the reasons apart, so this does not either. */
export function DeadLinkNote() {
  return (
    <Callout tone="warning" title="The link opens nothing any more">
      It was used, taken back, replaced by a newer link, or is older than seven days. Whoever invited you can send a new
      one. If you accepted it yourself, sign in.
    </Callout>
  )
}
