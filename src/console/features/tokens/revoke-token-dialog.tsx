import { useMutation } from '@tanstack/react-query'

import type { Token } from '#api/contract/tokens.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { useToast } from '#console/ui/toast.tsx'

export interface RevokeTokenDialogProps {
  /** Open while there is one. */
  token: Token | undefined
  onClose: () => void
}

/** Revoking cannot be undone, so the token's name is typed first. */
export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const revoke = useMutation(tokens.revoke())
  const toast = useToast()

  function handleConfirm(target: Token) {
    revoke.mutate(target.id, {
      onSuccess: () => {
        toast.success(`Token ${target.name} is revoked`)
        close()
      },
    })
  }

  function close() {
    revoke.reset()
    onClose()
  }

  if (token === undefined) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={`Revoke token ${token.name}`}
      confirmLabel="Revoke token"
      typedName={token.name}
      pending={revoke.isPending}
      error={formFailure(revoke.error, 'Could not revoke the token')}
      onConfirm={() => handleConfirm(token)}
    >
      <p>Every program that uses it is refused from its next request on. A revoked token cannot be brought back.</p>
      <p>
        {token.lastUsedAt === null ? (
          'It was never used.'
        ) : (
          <>
            Last used <RelativeTime at={token.lastUsedAt} />
            {token.lastUsedFrom !== null && ` from ${token.lastUsedFrom}`}.
          </>
        )}
      </p>
    </ConfirmDialog>
  )
}
