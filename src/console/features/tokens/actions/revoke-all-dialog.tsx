import { useMutation } from '@tanstack/react-query'

import { REVOKE_ALL_WORDS, revokeAllTokens } from '#api/contract/token-lifecycle.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { formatCount } from '#console/lib/format.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { dependantNames } from '../dependant-words.ts'

export interface RevokeAllDialogProps {
  /** Whether other people's tokens are among them. */
  isOfAll: boolean
  onClose: () => void
}

/** The last resort after a leak: every token at once, for good. */
export function RevokeAllDialog({ isOfAll, onClose }: RevokeAllDialogProps) {
  const revokeAll = useMutation(tokens.revokeAll())
  const toast = useToast()

  function handleConfirm() {
    revokeAll.mutate(undefined, {
      onSuccess: ({ revoked, breaks }) => {
        toast.success(`${formatCount(revoked, 'token')} revoked`, {
          description: breaks.length === 0 ? undefined : `Stopped with them: ${dependantNames(breaks)}.`,
        })
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isOfAll ? 'Revoke all tokens of this instance' : 'Revoke all tokens that you made'}
      confirmLabel="Revoke all tokens"
      typedName={REVOKE_ALL_WORDS}
      pending={revokeAll.isPending}
      error={formFailure(revokeAll.error, 'Could not revoke the tokens')}
      onConfirm={handleConfirm}
    >
      <p>
        {isOfAll
          ? 'Every program that uses any token of this instance, whoever made it, is refused from its next request on.'
          : 'Every program that uses a token you made is refused from its next request on.'}{' '}
        Schedules that run with one stop. Nothing brings a revoked token back.
      </p>
      <p>People stay signed in.</p>
      <SameCall endpoint={revokeAllTokens} body={{ confirm: REVOKE_ALL_WORDS }} />
    </ConfirmDialog>
  )
}
