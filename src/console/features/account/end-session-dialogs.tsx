import { useMutation } from '@tanstack/react-query'

import type { OpenSession } from '#api/contract/sessions.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { sessions } from '#console/data/sessions.ts'
import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Signs somebody out elsewhere. Nothing is lost by it that signing in does not bring back, so no name is typed. */
export function EndSessionDialog({ session, onClose }: { session: OpenSession; onClose: () => void }) {
  const end = useMutation(sessions.end())
  const toast = useToast()
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`End the session of ${session.user.name} in ${session.browser}`}
      confirmLabel="End session"
      pending={end.isPending}
      error={formFailure(end.error, 'The session was not ended')}
      onConfirm={() =>
        end.mutate(session.id, {
          onSuccess: () => {
            toast.success('The session is ended')
            onClose()
          },
        })
      }
    >
      Signed in from {session.address}. Whoever uses it must sign in again; what they typed and did not save is lost.
    </ConfirmDialog>
  )
}

/** Signs the own account out everywhere else. */
export function EndOthersDialog({ onClose }: { onClose: () => void }) {
  const endOthers = useMutation(sessions.endOthers())
  const toast = useToast()
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="End all your other sessions"
      confirmLabel="End all others"
      pending={endOthers.isPending}
      error={formFailure(endOthers.error, 'The sessions were not ended')}
      onConfirm={() =>
        endOthers.mutate(undefined, {
          onSuccess: ({ ended }) => {
            toast.success(ended === 0 ? 'There was no other session' : `${formatCount(ended, 'other session')} ended`)
            onClose()
          },
        })
      }
    >
      Every browser but this one is signed out of your account at once. If you fear that somebody knows your password,
      change it instead: that ends them as well.
    </ConfirmDialog>
  )
}
