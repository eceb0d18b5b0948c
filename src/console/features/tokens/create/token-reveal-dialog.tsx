import { useQuery } from '@tanstack/react-query'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { session } from '#console/data/session.ts'
import { presetOf } from '#console/scopes/presets.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'
import { SecretOnceDialog } from '#console/ui/secret-once-dialog.tsx'

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
  const publicUrl = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  return (
    <SecretOnceDialog
      finalFocus={finalFocus}
      size="lg"
      title={`Token ${token.name}`}
      description="This is the only time it is shown. Only its fingerprint is kept here, so nobody can show it again."
      secret={token.token}
      noun="token"
      keptLabel="I have stored it"
      onDone={onDone}
    >
      {(onCopied) => (
        <>
          <div className="flex flex-wrap gap-2">
            <CopyButton text={envSnippet(token.token)} label="Copy .env line" onCopied={onCopied}>
              .env line
            </CopyButton>
            <CopyButton text={curlSnippet(publicUrl, token.token)} label="Copy curl command" onCopied={onCopied}>
              curl command
            </CopyButton>
          </div>
          {presetOf(token.scopes) === 'backup' && (
            <BackupCommandsPanel token={token} publicUrl={publicUrl} onCopied={onCopied} />
          )}
          <CreatedProbe token={token} />
        </>
      )}
    </SecretOnceDialog>
  )
}
