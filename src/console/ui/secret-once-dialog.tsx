import { type ReactNode, useState } from 'react'

import { Button } from './button.tsx'
import { Checkbox } from './checkbox.tsx'
import { Dialog, DialogFooter, type DialogProps } from './dialog.tsx'
import { SecretReveal } from './secret-reveal.tsx'

export interface SecretOnceDialogProps extends Pick<DialogProps, 'title' | 'description' | 'size' | 'finalFocus'> {
  secret: string
  /** What it is: "signing key". */
  noun: string
  /** What is said to close it without copying: "I have stored it". */
  keptLabel: string
  onDone: () => void
  /** Below the secret: what it is for. Given a function, what that shows may tell that the secret was copied there. */
  children?: ReactNode | ((onCopied: () => void) => ReactNode)
}

/** Shows a secret this once. It closes only when the secret is known to be kept: copied, or said to be. */
export function SecretOnceDialog({
  secret,
  noun,
  keptLabel,
  onDone,
  children,
  size = 'md',
  ...head
}: SecretOnceDialogProps) {
  const [isCopied, setIsCopied] = useState(false)
  const [isSaidToBe, setIsSaidToBe] = useState(false)
  const isKept = isCopied || isSaidToBe
  const remember = () => setIsCopied(true)
  return (
    <Dialog {...head} open size={size} dismissible={isKept} onOpenChange={(isOpen) => !isOpen && onDone()}>
      <div className="flex flex-col gap-4">
        <SecretReveal secret={secret} noun={noun} onCopied={remember} />
        {typeof children === 'function' ? children(remember) : children}
        <Checkbox label={keptLabel} checked={isSaidToBe} onCheckedChange={setIsSaidToBe} />
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
