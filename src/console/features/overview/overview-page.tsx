import { useQuery, type QueryClient } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'

import { PER_PAGE_MAX } from '#api/contract/paging.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { backups } from '#console/data/backups.ts'
import { tables } from '#console/data/tables.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { AboutWorkspace } from './about-workspace.tsx'
import { NextSteps } from './next-steps.tsx'
import { OverviewFigures } from './overview-figures.tsx'
import { RecentTables, recentTables } from './recent-tables.tsx'

const ignore = () => undefined

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    const workspaceId = Number(params['workspaceId'])
    void client.query(tables.all(workspaceId)).catch(ignore)
    void client.query(recentTables(workspaceId)).catch(ignore)
    void client.query(apiGroups.list(workspaceId, { per_page: PER_PAGE_MAX })).catch(ignore)
    void client.query(backups.list({ workspaceId })).catch(ignore)
    void client.query(workspaces.dataSources(workspaceId)).catch(ignore)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const { data } = useQuery(workspaces.list())
  const workspace = data?.find(({ id }) => id === workspaceId)
  if (workspace === undefined) return null
  return (
    <Page>
      <PageHeader title={workspace.name} description={workspace.description || 'Overview of the workspace.'} />
      <OverviewFigures workspaceId={workspaceId} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <RecentTables workspaceId={workspaceId} />
        <div className="flex flex-col gap-4">
          <AboutWorkspace workspace={workspace} />
          <NextSteps workspaceId={workspaceId} />
        </div>
      </div>
    </Page>
  )
}
