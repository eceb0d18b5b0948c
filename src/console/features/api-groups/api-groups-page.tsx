import type { QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'

import { createApiGroup, listApiGroups } from '#api/contract/api-groups.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { filterOf, readApiGroupSearch } from './api-group-search.ts'
import { ApiGroupsBody } from './api-groups-body.tsx'
import type { OpenDialog } from './open-dialog.ts'

const ApiGroupDialogs = lazy(async () => ({ default: (await import('./api-group-dialogs.tsx')).ApiGroupDialogs }))

export const access = { title: 'API groups', endpoint: listApiGroups }

export function createLoader(client: QueryClient) {
  return ({ params, request }: LoaderFunctionArgs) => {
    const filter = filterOf(readApiGroupSearch(new URL(request.url).searchParams))
    void client.query(apiGroups.list(Number(params['workspaceId']), filter)).catch(() => undefined)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const [dialog, setDialog] = useState<OpenDialog>()
  const canCreate = useMay()(createApiGroup, workspaceId)
  return (
    <Page>
      <PageHeader
        title="API groups"
        description="Endpoints under one base URL each."
        actions={
          canCreate && (
            <Button variant="primary" onClick={() => setDialog({ kind: 'create' })}>
              Create an API group
            </Button>
          )
        }
      />
      <ApiGroupsBody key={workspaceId} workspaceId={workspaceId} onOpenDialog={setDialog} />
      <Suspense>
        {dialog && <ApiGroupDialogs workspaceId={workspaceId} dialog={dialog} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </Page>
  )
}
