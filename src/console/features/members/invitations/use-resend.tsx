import type { z } from 'zod'

import type { CreatedInvitation, Invitation } from '#api/contract/members.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { invitations } from '#console/data/invitations.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

import { proofShows } from '../proof-shows.ts'
import { useUnseenLink } from './use-unseen-link.ts'

/**
 * A new link in place of the old one; for one of an admin or owner a proof may be asked for. While `isBusy` no other may
 * be made: each is shown once only.
 */
export function useResend(onMade: (invitation: z.infer<typeof CreatedInvitation>) => void) {
  const told = useTold(invitations.resend(), 'No new link was made')
  const toast = useToast()
  const tellUnseen = useUnseenLink()
  const proof = useProof<Invitation>(({ id, email }, given, outcome) =>
    told.run(
      { id, proof: given },
      {
        onSuccess: (invitation, isShown) => {
          if (!isShown) return tellUnseen(invitation)
          outcome.onSuccess()
          onMade(invitation)
        },
        onError: (failure, isShown) => {
          if (!isShown) return
          outcome.onError(failure)
          if (proofShows(failure, given)) return
          const { title, cause } = describeFailure(failure, `No new link for ${email}`)
          toast.danger(title, { description: cause })
        },
      },
    ),
  )
  const dialog = (
    <AskedProof confirmLabel="Make new link" proof={proof} told={told}>
      <p>Whoever opens the link may do everything here, and your sign-in is some time ago.</p>
    </AskedProof>
  )
  return { attempt: proof.attempt, isBusy: told.isPending || proof.isAsked, dialog }
}
