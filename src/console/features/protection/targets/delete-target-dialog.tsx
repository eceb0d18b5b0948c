import { useMutation } from '@tanstack/react-query'

import type { Target } from '#api/contract/targets.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { targets } from '#console/data/targets.ts'
import { DeleteByNameDialog } from '#console/ui/delete-by-name-dialog.tsx'

import { placeWords } from './target-words.ts'

/** Forgets a target. What lies there stays there; the server refuses while it knows of backups there. */
export function DeleteTargetDialog({ target, onClose }: { target: Target; onClose: () => void }) {
  const remove = useMutation(targets.remove())
  return (
    <DeleteByNameDialog
      kind="target"
      verb="remove"
      name={target.name}
      onDelete={(onSuccess) => {
        if (target.id !== null) remove.mutate(target.id, { onSuccess })
      }}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The target was not removed')}
      onClose={onClose}
    >
      <p>
        Its address{target.hasSecret && ' and secret access key'} are forgotten; to write to{' '}
        {placeWords(target.settings)} again, somebody who knows them has to add it anew.
      </p>
      <p>Nothing is deleted there.</p>
    </DeleteByNameDialog>
  )
}
