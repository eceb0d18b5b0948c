import { useState } from 'react'
import type { z } from 'zod'

import type { CreatedInvitation } from '#api/contract/members.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { SecretReveal } from '#console/ui/secret-reveal.tsx'

interface InvitationLinkDialogProps {
  invitation: z.infer<typeof CreatedInvitation>
  onDone: () => void
}

/** Shows the link this once. It closes only when the link is known to be kept: copied, or said to be passed on. */
export function InvitationLinkDialog({ invitation: { email, link, expiresAt }, onDone }: InvitationLinkDialogProps) {
  const [isCopied, setIsCopied] = useState(false)
  const [isPassedOn, setIsPassedOn] = useState(false)
  const isKept = isCopied || isPassedOn
  return (
    <Dialog
      open
      size="md"
      dismissible={isKept}
      onOpenChange={(isOpen) => !isOpen && onDone()}
      title={`Invitation link for ${email}`}
      description="This is the only time it is shown. Whoever opens it first gets the account: pass it on where only they can read it."
    >
      <div className="flex flex-col gap-4">
        <SecretReveal secret={link} noun="invitation link" onCopied={() => setIsCopied(true)} />
        <p className="text-sm text-muted">
          Good once, until {formatLocal(new Date(expiresAt))}. An earlier link for this address no longer works.
        </p>
        <Checkbox label="I have passed it on" checked={isPassedOn} onCheckedChange={setIsPassedOn} />
      </div>
      <DialogFooter>
        {!isKept && <p className="mr-auto text-sm text-muted">Copy it or tick the box first.</p>}
        <Button variant="primary" disabled={!isKept} onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
