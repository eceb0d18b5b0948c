import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'

import { SampleButton } from './sample-button.tsx'

interface WorkspacesToolbarProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** What makes another workspace. */
export function WorkspacesToolbar({ onLoadSample, isLoadingSample, onCreate }: WorkspacesToolbarProps) {
  return (
    <>
      <ButtonLink to="/restore">Restore a backup</ButtonLink>
      <SampleButton onLoad={onLoadSample} isLoading={isLoadingSample} />
      <Button variant="primary" onClick={onCreate}>
        Create a workspace
      </Button>
    </>
  )
}
