import { useState } from 'react'

import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { SecretReveal } from '#console/ui/secret-reveal.tsx'

/** Shows the signing key of a new webhook this once, and what it is for. */
export function SigningKeyDialog({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  const [isCopied, setIsCopied] = useState(false)
  const [isStored, setIsStored] = useState(false)
  const isKept = isCopied || isStored
  return (
    <Dialog
      open
      size="md"
      dismissible={isKept}
      onOpenChange={(isOpen) => !isOpen && onDone()}
      title={`Signing key of ${name}`}
      description="This is the only time it is shown. With it the receiver knows that a message is from here."
    >
      <div className="flex flex-col gap-4">
        <SecretReveal secret={secret} noun="signing key" onCopied={() => setIsCopied(true)} />
        <p className="text-sm text-muted">
          Each message carries <code>x-metadeck-timestamp</code> and <code>x-metadeck-signature</code>: HMAC-SHA-256
          with this key over the timestamp, a dot and the body, in hexadecimal after <code>sha256=</code>.
        </p>
        <Checkbox label="I have stored it" checked={isStored} onCheckedChange={setIsStored} />
      </div>
      <DialogFooter>
        <Button variant="primary" disabled={!isKept} onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
