import { use, useRef, useState } from 'react'

import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { KeepRecoveryCodes } from '#console/data/kept-recovery-codes.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

interface NewRecoveryCodesProps {
  left: number
  proofWays: ProofWays
}

/** Makes ten new codes in place of the old ones. */
export function NewRecoveryCodes({ left, proofWays }: NewRecoveryCodesProps) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const create = useTold(secondFactor.createRecoveryCodes(), 'No new codes were made')
  const keepRecoveryCodes = use(KeepRecoveryCodes)
  const proof = useProof((_input, given, outcome) =>
    create.run(given, {
      onSuccess: ({ recoveryCodes }, isShown) => {
        if (isShown) close()
        keepRecoveryCodes(recoveryCodes)
      },
      onError: outcome.onError,
    }),
  )

  function close() {
    setIsOpen(false)
    proof.giveUp()
    create.reset()
  }

  return (
    <>
      <Button ref={button} size="sm" onClick={() => setIsOpen(true)}>
        Make new codes
      </Button>
      <ConfirmDialog
        open={isOpen && !proof.isAsked}
        onOpenChange={(isWanted) => !isWanted && close()}
        title="Make new recovery codes"
        confirmLabel="Make ten new codes"
        tone={left > 0 ? 'danger' : 'primary'}
        pending={create.isPending}
        error={create.failure}
        onConfirm={() => proof.attempt()}
      >
        {left > 0
          ? `The ${formatCount(left, 'code')} that you have stored ${left === 1 ? 'is' : 'are'} worth nothing from then on.`
          : 'You get ten codes, each good for one sign-in.'}
      </ConfirmDialog>
      {proof.isAsked && (
        <ProofDialog
          title="Show that it is you"
          finalFocus={() => button.current}
          confirmLabel="Make ten new codes"
          proofWays={proofWays}
          isPending={create.isPending}
          failure={create.failure}
          onProof={proof.prove}
          onClose={close}
        />
      )}
    </>
  )
}
