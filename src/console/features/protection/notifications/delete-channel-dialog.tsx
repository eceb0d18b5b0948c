import { useMutation } from '@tanstack/react-query'

import type { Channel } from '#api/contract/notifications.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { notifications } from '#console/data/notifications.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

export function DeleteChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const remove = useMutation(notifications.remove())
  const toast = useToast()
  function handleConfirm() {
    remove.mutate(channel.id, {
      onSuccess: () => {
        toast.success(`Channel ${channel.name} removed`)
        onClose()
      },
    })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove channel ${channel.name}`}
      confirmLabel="Remove channel"
      onConfirm={handleConfirm}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The channel was not removed')}
    >
      <p>Nobody is told through it any more. Its address and secret are forgotten.</p>
    </ConfirmDialog>
  )
}
