import { useState } from 'react'

import type { Passkey } from '#api/contract/passkeys.ts'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { Button } from '#console/ui/button.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { FactorRow } from './factor-row.tsx'
import { RemovePasskeyDialog } from './remove-passkey-dialog.tsx'
import { RenamePasskeyDialog } from './rename-passkey-dialog.tsx'

/** One passkey, and what can be done with it. */
export function PasskeyRow({ passkey, proofWays }: { passkey: Passkey; proofWays: ProofWays }) {
  const [open, setOpen] = useState<'rename' | 'remove'>()
  const close = () => setOpen(undefined)
  return (
    <FactorRow
      title={passkey.name}
      actions={
        <>
          <Button size="sm" aria-label={`Rename ${passkey.name}`} onClick={() => setOpen('rename')}>
            Rename
          </Button>
          <Button size="sm" aria-label={`Remove ${passkey.name}`} onClick={() => setOpen('remove')}>
            Remove
          </Button>
        </>
      }
    >
      Added <RelativeTime at={passkey.createdAt} />,{' '}
      {passkey.lastUsedAt === null ? (
        'never used'
      ) : (
        <>
          last used <RelativeTime at={passkey.lastUsedAt} />
        </>
      )}
      . {passkey.synced ? 'Its keeper copies it to your other devices.' : 'Only on the device that made it.'}
      {!passkey.usableHere && (
        <span className="block text-warning">
          It was made for another address of this Metadeck and does not work here.
        </span>
      )}
      {open === 'rename' && <RenamePasskeyDialog passkey={passkey} onClose={close} />}
      {open === 'remove' && <RemovePasskeyDialog passkey={passkey} proofWays={proofWays} onClose={close} />}
    </FactorRow>
  )
}
