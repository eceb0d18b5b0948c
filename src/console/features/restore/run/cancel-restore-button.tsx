import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { cancelRestore, type Restore } from '#api/contract/restores.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { restores } from '#console/data/restores.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

/** Ends a running restore, after one question. Once that was asked for it says so. */
export function CancelRestoreButton({ restore }: { restore: Restore }) {
  const [isOpen, setIsOpen] = useState(false)
  const cancel = useMutation(restores.cancel())
  const may = useMay()
  if (!may(cancelRestore)) return null
  return (
    <>
      <Button size="sm" pending={restore.cancelling} onClick={() => setIsOpen(true)}>
        {restore.cancelling ? 'Cancelling' : 'Cancel the restore'}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title="Cancel this restore"
        confirmLabel="Cancel the restore"
        cancelLabel="Let it go on"
        tone="primary"
        pending={cancel.isPending}
        error={formFailure(cancel.error, 'It was not cancelled')}
        onConfirm={() => cancel.mutate(restore.id, { onSuccess: () => setIsOpen(false) })}
      >
        <p className="wrap-anywhere">
          {restore.intoNew || restore.newBranch !== null
            ? 'What was made so far is taken away.'
            : `${restore.workspaceName} stays as it is now.`}
        </p>
      </ConfirmDialog>
    </>
  )
}
