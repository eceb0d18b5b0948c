import { useMutation } from '@tanstack/react-query'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Removing a provider loses which accounts belong to which of its people, so that its name is typed first. */
export function RemoveProviderDialog({ provider, onClose }: { provider: OidcProvider; onClose: () => void }) {
  const remove = useMutation(oidc.remove())
  const toast = useToast()
  function handleConfirm() {
    remove.mutate(provider.id, {
      onSuccess: () => {
        toast.success(`${provider.name} is removed`)
        onClose()
      },
    })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove ${provider.name}`}
      confirmLabel="Remove provider"
      typedName={provider.name}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The provider was not removed')}
      onConfirm={handleConfirm}
    >
      <p>
        Nobody signs in by it any more. Accounts and tokens stay. Who has no password and no passkey gets in again by
        another provider that knows their address, or when you remove the account and invite them anew.
      </p>
    </ConfirmDialog>
  )
}
