import { createRestore } from '#api/contract/restores.ts'
import { createSample } from '#api/contract/sample.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'

import { SampleButton } from './sample-button.tsx'

interface WorkspacesToolbarProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** What makes another workspace, as far as one may. */
export function WorkspacesToolbar({ onLoadSample, isLoadingSample, onCreate }: WorkspacesToolbarProps) {
  const may = useMay()
  return (
    <>
      {may(createRestore) && <ButtonLink to="/restore">Restore a backup</ButtonLink>}
      {may(createSample) && <SampleButton onLoad={onLoadSample} isLoading={isLoadingSample} />}
      {may(createWorkspace, 'beyond') && (
        <Button variant="primary" onClick={onCreate}>
          Create a workspace
        </Button>
      )}
    </>
  )
}
