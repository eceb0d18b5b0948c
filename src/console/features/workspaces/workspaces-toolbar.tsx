import { Button } from '#console/ui/button.tsx'

interface WorkspacesToolbarProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** What makes another workspace. */
export function WorkspacesToolbar({ onLoadSample, isLoadingSample, onCreate }: WorkspacesToolbarProps) {
  return (
    <>
      <Button onClick={onLoadSample} pending={isLoadingSample}>
        Load the sample workspace
      </Button>
      <Button variant="primary" onClick={onCreate}>
        Create a workspace
      </Button>
    </>
  )
}
