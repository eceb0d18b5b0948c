import type { ReactNode } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

import { proofShows } from '../proof-shows.ts'
import { switchProvider } from './switch-provider.ts'

interface Wish {
  provider: OidcProvider
  active: boolean
  /** True for the way back, which is not called back once more. */
  isUndo: boolean
}

/** What turns a provider off or on, and the proof that is asked for first; both ways can be called back from the notice. */
export function useProviderSwitch(): { onSwitch: (provider: OidcProvider) => void; dialog: ReactNode } {
  const told = useTold(switchProvider(), 'The provider was not changed')
  const toast = useToast()
  const proof = useProof<Wish>(({ provider, active, isUndo }, given, outcome) => {
    const { name } = provider
    const word = active ? 'on' : 'off'
    told.run(
      { provider, active, proof: given },
      {
        onSuccess: (_provider, isShown) => {
          if (isShown) outcome.onSuccess()
          if (isUndo) return
          toast.success(`${name} is turned ${word}`, {
            description: active ? undefined : 'Nobody signs in by it; open sessions go on.',
            action: { label: 'Undo', onSelect: () => outcome.attempt({ provider, active: !active, isUndo: true }) },
          })
        },
        onError: (failure, isShown) => {
          if (!isShown) return
          outcome.onError(failure)
          if (proofShows(failure, given)) return
          const { title, cause } = describeFailure(failure, `${name} could not be turned ${word}`)
          toast.danger(title, { description: cause })
        },
      },
    )
  })
  const dialog = (
    <AskedProof confirmLabel={proof.asked?.active === true ? 'Turn on' : 'Turn off'} proof={proof} told={told}>
      <p>{proof.asked?.provider.name} decides who gets in, and your sign-in is some time ago.</p>
    </AskedProof>
  )
  return { onSwitch: (provider) => proof.attempt({ provider, active: !provider.active, isUndo: false }), dialog }
}
