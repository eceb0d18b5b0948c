import { FolderPlus } from 'lucide-react'

import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'

interface FirstStartProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** No workspace yet: explore a made one, or begin with an empty one. */
export function FirstStart({ onLoadSample, isLoadingSample, onCreate }: FirstStartProps) {
  return (
    <EmptyState
      icon={<FolderPlus />}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button variant="primary" onClick={onLoadSample} pending={isLoadingSample}>
            Load the sample workspace
          </Button>
          <Button onClick={onCreate} disabled={isLoadingSample}>
            Create a workspace
          </Button>
        </div>
      }
    >
      A workspace holds tables, API groups and their backups. The sample is a small shop to explore and to break: 10
      related tables, some thousand rows, three API groups.
    </EmptyState>
  )
}
