import { useMutation } from '@tanstack/react-query'

import type { ApiGroup } from '#api/contract/api-groups.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { DeleteByNameDialog } from '#console/ui/delete-by-name-dialog.tsx'

interface ApiGroupDeleteDialogProps {
  workspaceId: number
  group: ApiGroup
  onClose: () => void
}

export function ApiGroupDeleteDialog({ workspaceId, group, onClose }: ApiGroupDeleteDialogProps) {
  const remove = useMutation(apiGroups.remove(workspaceId))
  return (
    <DeleteByNameDialog
      kind="API group"
      name={group.name}
      onDelete={(onSuccess) => remove.mutate(group.id, { onSuccess })}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The API group was not deleted')}
      onClose={onClose}
    >
      <p>
        Its endpoints are gone at once, and every program that calls{' '}
        <code className="text-foreground">/api:{group.canonical}</code> is answered 404.
      </p>
    </DeleteByNameDialog>
  )
}
