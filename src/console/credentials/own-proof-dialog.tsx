import { useQuery } from '@tanstack/react-query'

import { account } from '#console/data/account.ts'
import { secondFactor } from '#console/data/second-factor.ts'

import { ProofDialog, type ProofDialogProps } from './proof-dialog.tsx'
import type { ProofWays } from './proof-ways.ts'

/** The same where the page does not know what the account has to prove itself by. */
export function OwnProofDialog(props: Omit<ProofDialogProps, 'title' | 'proofWays'>) {
  return <ProofDialog {...props} title="Show that it is you" proofWays={useProofWays()} />
}

/** Where it cannot be read, the password is asked for: most have one. */
function useProofWays(): ProofWays | undefined {
  const mine = useQuery(account.mine())
  const factors = useQuery(secondFactor.state())
  if (mine.isPending || factors.isPending) return undefined
  return { hasPassword: mine.data?.hasPassword ?? true, factors: factors.data }
}
