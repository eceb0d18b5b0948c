import { useMutation } from '@tanstack/react-query'

import { apiGroups } from '#console/data/api-groups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { Dialog } from '#console/ui/dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { ApiGroupForm } from './api-group-form.tsx'

interface ApiGroupCreateDialogProps {
  workspaceId: number
  onClose: () => void
}

export function ApiGroupCreateDialog({ workspaceId, onClose }: ApiGroupCreateDialogProps) {
  const create = useMutation(apiGroups.create(workspaceId))
  const toast = useToast()
  return (
    <Dialog
      title="Create an API group"
      description="It gathers endpoints under one base URL, which the server gives it."
      open
      onOpenChange={onClose}
      dismissible={!create.isPending}
    >
      <ApiGroupForm
        submitLabel="Create API group"
        pending={create.isPending}
        failure={formFailure(create.error, 'The API group was not created')}
        onCancel={onClose}
        onSubmit={(values, onError) =>
          create.mutate(values, {
            onSuccess: ({ name, canonical }) => {
              toast.success(`API group ${name} created`, {
                description: `Its base URL ends with /api:${canonical ?? ''}.`,
              })
              onClose()
            },
            onError,
          })
        }
      />
    </Dialog>
  )
}
