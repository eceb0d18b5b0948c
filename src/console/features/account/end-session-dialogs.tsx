import type { OpenSession } from '#api/contract/sessions.ts'
import { sessions } from '#console/data/sessions.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Signs somebody out elsewhere. Nothing is lost by it that signing in does not bring back, so no name is typed. */
export function EndSessionDialog({ session, onClose }: { session: OpenSession; onClose: () => void }) {
  const end = useTold(sessions.end(), 'The session was not ended')
  const toast = useToast()
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`End the session of ${session.user.name} in ${session.browser}`}
      confirmLabel="End session"
      pending={end.isPending}
      error={end.failure}
      onConfirm={() =>
        end.run(session.id, {
          onSuccess: (_reply, isShown) => {
            toast.success('The session is ended')
            if (isShown) onClose()
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
  const endOthers = useTold(sessions.endOthers(), 'The sessions were not ended')
  const toast = useToast()
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="End all your other sessions"
      confirmLabel="End all others"
      pending={endOthers.isPending}
      error={endOthers.failure}
      onConfirm={() =>
        endOthers.run(undefined, {
          onSuccess: ({ ended }, isShown) => {
            toast.success(ended === 0 ? 'There was no other session' : `${formatCount(ended, 'other session')} ended`)
            if (isShown) onClose()
          },
        })
      }
    >
      Every browser but this one is signed out of your account at once. If you fear that somebody knows your password,
      change it instead: that ends them as well.
    </ConfirmDialog>
  )
}
