import { revokeToken } from '#api/contract/tokens.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'
import { useToast } from '#console/ui/toast.tsx'

import type { Revocable } from '../token-act.ts'
import { BreaksNote } from './breaks-note.tsx'
import { LastUseNote } from './last-use-note.tsx'

export interface RevokeTokenDialogProps {
  token: Revocable
  finalFocus: FinalFocus
  onClose: () => void
}

/** Revoking cannot be undone, so what breaks is named and the token's name is typed first. */
export function RevokeTokenDialog({ token, finalFocus, onClose }: RevokeTokenDialogProps) {
  const revoke = useTold(tokens.revoke(), `Token ${token.name} was not revoked`)
  const toast = useToast()

  function handleConfirm() {
    revoke.run(token.id, {
      onSuccess: (_reply, isShown) => {
        toast.success(`Token ${token.name} is revoked`)
        if (isShown) onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      finalFocus={finalFocus}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Revoke token ${token.name}`}
      confirmLabel="Revoke token"
      typedName={token.name}
      pending={revoke.isPending}
      error={revoke.failure}
      onConfirm={handleConfirm}
    >
      <p>Every program that uses it is refused from its next request on. A revoked token cannot be brought back.</p>
      <LastUseNote token={token} />
      <BreaksNote tokenId={token.id} words="These stop with it:" />
      <SameCall endpoint={revokeToken} params={{ id: token.id }} />
    </ConfirmDialog>
  )
}
