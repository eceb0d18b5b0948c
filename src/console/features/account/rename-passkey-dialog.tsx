import { useMutation } from '@tanstack/react-query'

import type { Passkey } from '#api/contract/passkeys.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { Dialog } from '#console/ui/dialog.tsx'

import { PasskeyNameForm } from './passkey-name-form.tsx'

interface RenamePasskeyDialogProps {
  passkey: Passkey
  onClose: () => void
}

export function RenamePasskeyDialog({ passkey, onClose }: RenamePasskeyDialogProps) {
  const rename = useMutation(passkeys.rename(passkey.id))
  return (
    <Dialog
      title={`Rename ${passkey.name}`}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      dismissible={!rename.isPending}
    >
      <PasskeyNameForm
        name={passkey.name}
        submitLabel="Save name"
        isPending={rename.isPending}
        failure={formFailure(rename.error, 'The passkey was not renamed')}
        onSubmit={(name) => rename.mutate(name, { onSuccess: onClose })}
        onCancel={onClose}
      />
    </Dialog>
  )
}
