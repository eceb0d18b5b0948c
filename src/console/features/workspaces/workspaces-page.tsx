import type { QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'

import { workspaces } from '#console/data/workspaces.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { FirstStart } from './first-start.tsx'
import type { OpenDialog } from './open-dialog.ts'
import { SampleNotice } from './sample-notice.tsx'
import { useSample } from './use-sample.ts'
import { useWorkspaces } from './use-workspaces.ts'
import { WorkspacesBody } from './workspaces-body.tsx'
import { WorkspacesToolbar } from './workspaces-toolbar.tsx'

const WorkspaceDialogs = lazy(async () => ({ default: (await import('./workspace-dialogs.tsx')).WorkspaceDialogs }))

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

export function Component() {
  const list = useWorkspaces()
  const sample = useSample()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [hadNone, setHadNone] = useState(false)
  const isFirstStart = list.data?.length === 0 || (hadNone && sample.isPending)
  const handleCreate = () => setDialog({ kind: 'create' })

  function handleLoadSample() {
    setHadNone(list.data?.length === 0)
    sample.load()
  }

  return (
    <Page>
      <PageHeader
        title="Workspaces"
        description="Each has its own tables, API groups, branches and backups."
        actions={
          !isFirstStart && (
            <WorkspacesToolbar
              onLoadSample={handleLoadSample}
              isLoadingSample={sample.isPending}
              onCreate={handleCreate}
            />
          )
        }
      />
      {!isFirstStart && <SampleNotice sample={sample} />}
      <WorkspacesBody
        list={list}
        whenNone={
          <FirstStart onLoadSample={handleLoadSample} isLoadingSample={sample.isPending} onCreate={handleCreate} />
        }
        isFirstStart={isFirstStart}
        onOpenDialog={setDialog}
      />
      {isFirstStart && <SampleNotice sample={sample} />}
      <Suspense>{dialog && <WorkspaceDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}</Suspense>
    </Page>
  )
}
