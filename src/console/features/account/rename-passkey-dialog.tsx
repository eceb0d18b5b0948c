import type { Passkey } from '#api/contract/passkeys.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { useTold } from '#console/data/use-told.ts'
import { Dialog } from '#console/ui/dialog.tsx'

import { PasskeyNameForm } from './passkey-name-form.tsx'

interface RenamePasskeyDialogProps {
  passkey: Passkey
  onClose: () => void
}

export function RenamePasskeyDialog({ passkey, onClose }: RenamePasskeyDialogProps) {
  const rename = useTold(passkeys.rename(passkey.id), 'The passkey was not renamed')
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
        failure={rename.failure}
        onSubmit={(name) => rename.run(name, { onSuccess: (_reply, isShown) => isShown && onClose() })}
        onCancel={onClose}
      />
    </Dialog>
  )
}
