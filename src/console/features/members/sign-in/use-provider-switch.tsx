import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { OwnProofDialog } from '#console/credentials/own-proof-dialog.tsx'
import { failureBesideProof, useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { asksForProof, refusesProof } from '#console/data/second-factor.ts'
import { useToast } from '#console/ui/toast.tsx'

import { bodyOf } from './provider-form.ts'

interface Wish {
  provider: OidcProvider
  active: boolean
  /** True for the way back, which is not called back once more. */
  isUndo: boolean
}

/** What turns a provider off or on, and the proof that is asked for first; both ways can be called back from the notice. */
export function useProviderSwitch(): { onSwitch: (provider: OidcProvider) => void; dialog: ReactNode } {
  const { mutate, reset, error, isPending } = useMutation(oidc.save())
  const toast = useToast()
  const proof = useProof<Wish>(({ provider, active, isUndo }, given, outcome) => {
    const { id, name } = provider
    mutate(
      { id, body: { ...bodyOf(provider), active, proof: given } },
      {
        onSuccess: () => {
          outcome.onSuccess()
          reset()
          if (isUndo) return
          toast.success(`${name} is turned ${active ? 'on' : 'off'}`, {
            description: active ? undefined : 'Nobody signs in by it; open sessions go on.',
            action: { label: 'Undo', onSelect: () => outcome.attempt({ provider, active: !active, isUndo: true }) },
          })
        },
        onError: (failure) => {
          outcome.onError(failure)
          if (asksForProof(failure) || refusesProof(failure)) return
          const { title, cause } = describeFailure(failure, `${name} could not be turned ${active ? 'on' : 'off'}`)
          toast.danger(title, { description: cause })
        },
      },
    )
  })
  const dialog = proof.asked && (
    <OwnProofDialog
      confirmLabel={proof.asked.active ? 'Turn on' : 'Turn off'}
      isPending={isPending}
      failure={failureBesideProof(error, 'The provider was not changed')}
      onProof={proof.prove}
      onClose={() => {
        proof.giveUp()
        reset()
      }}
    >
      <p>{proof.asked.provider.name} decides who gets in, and your sign-in is some time ago.</p>
    </OwnProofDialog>
  )
  return {
    onSwitch: (provider) => proof.attempt({ provider, active: !provider.active, isUndo: false }),
    dialog,
  }
}
