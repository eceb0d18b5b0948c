import { FolderPlus } from 'lucide-react'

import { createRestore } from '#api/contract/restores.ts'
import { createSample } from '#api/contract/sample.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'

import { SampleButton } from './sample-button.tsx'

interface FirstStartProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** No workspace yet: explore a made one, begin with an empty one, or bring one back. */
export function FirstStart({ onLoadSample, isLoadingSample, onCreate }: FirstStartProps) {
  const may = useMay()
  if (!may(createWorkspace, 'beyond')) {
    return (
      <EmptyState icon={<FolderPlus />} action={<NeedsNote endpoint={createWorkspace} where="beyond" />}>
        No workspace is within your reach. One holds tables, API groups and their backups.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<FolderPlus />}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {may(createSample) && <SampleButton variant="primary" onLoad={onLoadSample} isLoading={isLoadingSample} />}
          <Button onClick={onCreate} disabled={isLoadingSample}>
            Create a workspace
          </Button>
          {may(createRestore) && <ButtonLink to="/restore">Restore a backup</ButtonLink>}
        </div>
      }
    >
      A workspace holds tables, API groups and their backups. The sample is a small shop to explore and to break: 10
      related tables, some thousand rows, three API groups.
    </EmptyState>
  )
}
