import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { session } from '#console/data/session.ts'
import { presetOf } from '#console/scopes/presets.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'
import { DialogFooter, Dialog } from '#console/ui/dialog.tsx'
import { SecretReveal } from '#console/ui/secret-reveal.tsx'

import { BackupCommandsPanel } from './backup-commands-panel.tsx'
import { CreatedProbe } from './created-probe.tsx'
import { curlSnippet, envSnippet } from './token-snippets.ts'

export interface TokenRevealDialogProps {
  token: CreatedToken
  /** Where the focus goes afterwards; by default to what opened it. */
  finalFocus?: FinalFocus
  onDone: () => void
}

/** Shows the secret this once. It closes only when the secret is known to be kept: copied, or said to be stored. */
export function TokenRevealDialog({ token, finalFocus, onDone }: TokenRevealDialogProps) {
  const [isCopied, setIsCopied] = useState(false)
  const [isStored, setIsStored] = useState(false)
  const publicUrl = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  const isKept = isCopied || isStored
  const remember = () => setIsCopied(true)

  return (
    <Dialog
      open
      finalFocus={finalFocus}
      size="lg"
      dismissible={isKept}
      onOpenChange={(isOpen) => !isOpen && onDone()}
      title={`Token ${token.name}`}
      description="This is the only time it is shown. Only its fingerprint is kept here, so nobody can show it again."
    >
      <div className="flex flex-col gap-4">
        <SecretReveal secret={token.token} noun="token" onCopied={remember} />
        <div className="flex flex-wrap gap-2">
          <CopyButton text={envSnippet(token.token)} label="Copy .env line" onCopied={remember}>
            .env line
          </CopyButton>
          <CopyButton text={curlSnippet(publicUrl, token.token)} label="Copy curl command" onCopied={remember}>
            curl command
          </CopyButton>
        </div>
        {presetOf(token.scopes) === 'backup' && (
          <BackupCommandsPanel token={token} publicUrl={publicUrl} onCopied={remember} />
        )}
        <CreatedProbe token={token} />
        <Checkbox label="I have stored it" checked={isStored} onCheckedChange={setIsStored} />
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
