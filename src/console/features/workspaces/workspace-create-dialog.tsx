import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'

import { formFailure } from '#console/data/form-failure.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { Dialog } from '#console/ui/dialog.tsx'

import { WorkspaceForm } from './workspace-form.tsx'

export function WorkspaceCreateDialog({ onClose }: { onClose: () => void }) {
  const create = useMutation(workspaces.create())
  const navigate = useNavigate()
  return (
    <Dialog
      title="Create a workspace"
      description="It starts empty, with the branch v1 and the data source live."
      open
      onOpenChange={onClose}
      dismissible={!create.isPending}
    >
      <WorkspaceForm
        submitLabel="Create workspace"
        pending={create.isPending}
        failure={formFailure(create.error, 'The workspace was not created')}
        onCancel={onClose}
        onSubmit={(values, onError) =>
          create.mutate(values, { onSuccess: ({ id }) => void navigate(`/w/${id}`), onError })
        }
      />
    </Dialog>
  )
}
