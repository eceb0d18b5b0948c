import type { OidcProvider } from '#api/contract/oidc.ts'
import { oidc } from '#console/data/oidc.ts'
import { useTold } from '#console/data/use-told.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Removing a provider loses which accounts belong to which of its people, so that its name is typed first. */
export function RemoveProviderDialog({ provider, onClose }: { provider: OidcProvider; onClose: () => void }) {
  const remove = useTold(oidc.remove(), `${provider.name} was not removed`)
  const toast = useToast()
  function handleConfirm() {
    remove.run(provider.id, {
      onSuccess: (_reply, isShown) => {
        toast.success(`${provider.name} is removed`)
        if (isShown) onClose()
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
      error={remove.failure}
      onConfirm={handleConfirm}
    >
      <p>
        Nobody signs in by it any more. Accounts and tokens stay. Who has no password and no passkey gets in again by
        another provider that knows their address, or when you remove the account and invite them anew.
      </p>
    </ConfirmDialog>
  )
}
