import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { asksForProof, secondFactor } from '#console/data/second-factor.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

interface NewRecoveryCodesProps {
  left: number
  proofWays: ProofWays
  onRecoveryCodes: (codes: readonly string[]) => void
}

/** Makes ten new codes in place of the old ones. */
export function NewRecoveryCodes({ left, proofWays, onRecoveryCodes }: NewRecoveryCodesProps) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const create = useMutation(secondFactor.createRecoveryCodes())
  const proof = useProof((_input, given, outcome) =>
    create.mutate(given, {
      ...outcome,
      onSuccess: ({ recoveryCodes }) => {
        outcome.onSuccess()
        close()
        onRecoveryCodes(recoveryCodes)
      },
    }),
  )

  const failure = asksForProof(create.error) ? undefined : formFailure(create.error, 'No new codes were made')

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
        error={failure}
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
          failure={failure}
          onProof={proof.prove}
          onClose={close}
        />
      )}
    </>
  )
}
