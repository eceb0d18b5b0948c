import type { z } from 'zod'

import type { CreatedInvitation } from '#api/contract/members.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { SecretOnceDialog, type SecretOnceDialogProps } from '#console/ui/secret-once-dialog.tsx'

interface InvitationLinkDialogProps extends Pick<SecretOnceDialogProps, 'finalFocus' | 'onDone'> {
  invitation: z.infer<typeof CreatedInvitation>
  /** It stands in place of an earlier link. */
  replacesLink: boolean
}

/** The link of an invitation, to be passed on. */
export function InvitationLinkDialog({ invitation, replacesLink, ...rest }: InvitationLinkDialogProps) {
  const { email, link, expiresAt } = invitation
  return (
    <SecretOnceDialog
      {...rest}
      title={`Invitation link for ${email}`}
      description="This is the only time it is shown. Whoever opens it first gets the account: pass it on where only they can read it."
      secret={link}
      noun="invitation link"
      keptLabel="I have passed it on"
    >
      <p className="text-sm text-muted">
        Good once, until {formatLocal(new Date(expiresAt))}.
        {replacesLink && ' The earlier link for this address no longer works.'}
      </p>
    </SecretOnceDialog>
  )
}
