import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

import type { Passkey } from '#api/contract/passkeys.ts'
import { knowsPasskeys, PASSKEY_OBSTACLES } from '#console/credentials/passkey-failure.ts'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { signInMethods } from '#console/data/sign-in-methods.ts'
import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { AddPasskeyDialog } from './add-passkey-dialog.tsx'
import { Loaded } from './loaded.tsx'
import { PasskeyRow } from './passkey-row.tsx'

interface PasskeysPanelProps {
  list: UseQueryResult<{ items: Passkey[] }>
  proofWays: ProofWays
}

/** The passkeys of the account, where the address of this Metadeck allows any. */
export function PasskeysPanel({ list, proofWays }: PasskeysPanelProps) {
  const methods = useQuery(signInMethods.all())
  const [isAdding, setIsAdding] = useState(false)
  const obstacle = methods.data && whyNone(methods.data.passkeys.reason)
  return (
    <Panel
      title="Passkeys"
      description="Sign in with the lock of your device instead of a password; no other site can ask for it."
      actions={
        methods.data &&
        obstacle === undefined && (
          <Button size="sm" onClick={() => setIsAdding(true)}>
            Add a passkey
          </Button>
        )
      }
    >
      <Loaded query={list} noun="the passkeys">
        {({ items }) => (
          <div className="flex flex-col">
            {obstacle !== undefined && <p className="pb-3 text-sm text-muted last:pb-0">{obstacle}</p>}
            {items.length === 0 && obstacle === undefined && (
              <p className="text-sm text-muted">
                No passkey yet. From the first one on the password alone opens this account no more.
              </p>
            )}
            {items.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} proofWays={proofWays} />
            ))}
          </div>
        )}
      </Loaded>
      {isAdding && <AddPasskeyDialog proofWays={proofWays} onClose={() => setIsAdding(false)} />}
    </Panel>
  )
}

function whyNone(reason: keyof typeof PASSKEY_OBSTACLES | null): string | undefined {
  if (reason !== null) return PASSKEY_OBSTACLES[reason]
  return knowsPasskeys() ? undefined : 'This browser does not know passkeys. Use a newer one to add one.'
}
