import { useState } from 'react'

import type { SecondFactorState } from '#api/contract/second-factor.ts'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { formatCount } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { AddApp } from './add-app.tsx'
import { FactorRow } from './factor-row.tsx'
import { NewRecoveryCodes } from './new-recovery-codes.tsx'
import { RemoveAppDialog } from './remove-app-dialog.tsx'

/** So few codes are left that it is time for new ones. */
const FEW_CODES = 3

interface TwoStepPanelProps {
  factors: SecondFactorState
  proofWays: ProofWays
}

/** Authenticator app and recovery codes. */
export function TwoStepPanel({ factors, proofWays }: TwoStepPanelProps) {
  const [isRemoving, setIsRemoving] = useState(false)
  const { totpSince, passkeys, required } = factors
  const isOnlyWay = required && passkeys === 0
  return (
    <div className="flex flex-col">
      <FactorRow
        title={<Titled title="Authenticator app" isOn={totpSince !== null} />}
        actions={
          totpSince === null ? (
            <AddApp proofWays={proofWays} />
          ) : (
            <Button size="sm" disabled={isOnlyWay} onClick={() => setIsRemoving(true)}>
              Remove
            </Button>
          )
        }
      >
        {totpSince === null ? (
          'Shows six digits that change every half minute, on your phone or in your password manager.'
        ) : (
          <>
            Set up <RelativeTime at={totpSince} />.
            {isOnlyWay &&
              ' It cannot be removed: this Metadeck demands a second step of everybody, and it is your only one.'}
          </>
        )}
      </FactorRow>
      {(totpSince !== null || passkeys > 0) && (
        <FactorRow
          title="Recovery codes"
          actions={<NewRecoveryCodes left={factors.recoveryCodesLeft} proofWays={proofWays} />}
        >
          <CodesLeft left={factors.recoveryCodesLeft} />
        </FactorRow>
      )}
      {isRemoving && (
        <RemoveAppDialog hasPasskeys={passkeys > 0} proofWays={proofWays} onClose={() => setIsRemoving(false)} />
      )}
    </div>
  )
}

function Titled({ title, isOn }: { title: string; isOn: boolean }) {
  return (
    <span className="flex items-center gap-2">
      {title}
      {isOn ? <Badge tone="success">On</Badge> : <Badge>Off</Badge>}
    </span>
  )
}

function CodesLeft({ left }: { left: number }) {
  if (left === 0) return <span className="text-warning">None left: without phone and passkey you cannot sign in.</span>
  const words = `${formatCount(left, 'code')} left; each signs you in once.`
  return left <= FEW_CODES ? <span className="text-warning">{words} Make new ones soon.</span> : words
}
