import { useMutation } from '@tanstack/react-query'

import type { ApiGroup } from '#api/contract/api-groups.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { Dialog } from '#console/ui/dialog.tsx'

import { ApiGroupForm } from './api-group-form.tsx'

interface ApiGroupEditDialogProps {
  workspaceId: number
  group: ApiGroup
  onClose: () => void
}

export function ApiGroupEditDialog({ workspaceId, group, onClose }: ApiGroupEditDialogProps) {
  const update = useMutation(apiGroups.update(workspaceId, group.id))
  return (
    <Dialog
      title={`Edit ${group.name}`}
      description="Its base URL stays as it is."
      open
      onOpenChange={onClose}
      dismissible={!update.isPending}
    >
      <ApiGroupForm
        values={{ name: group.name, description: group.description ?? '', swagger: group.swagger ?? false }}
        submitLabel="Save changes"
        pending={update.isPending}
        failure={formFailure(update.error, 'The API group was not changed')}
        onCancel={onClose}
        onSubmit={(values, onError) => update.mutate(values, { onSuccess: onClose, onError })}
      />
    </Dialog>
  )
}
