import { RecoveryCodes } from '#console/credentials/recovery-codes.tsx'
import { Dialog } from '#console/ui/dialog.tsx'

/** New recovery codes; it closes only after they are stored, because they are never shown again. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title="Store your recovery codes" open dismissible={false}>
      <RecoveryCodes codes={codes} doneLabel="Done" onDone={onClose} />
    </Dialog>
  )
}
