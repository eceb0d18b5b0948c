import type { QueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'

import { listProtection } from '#api/contract/protection.ts'
import { protection } from '#console/data/protection.ts'
import { targets } from '#console/data/targets.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { Tabs } from '#console/ui/tabs.tsx'

import { NotificationsTab } from './notifications/notifications-tab.tsx'
import { ProtectionSummary } from './protection-summary.tsx'
import { TargetsTab } from './targets/targets-tab.tsx'
import { WorkspacesTab } from './workspaces-tab.tsx'

export const access = { title: 'Protection', endpoint: listProtection }

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(protection.list()).catch(() => undefined)
    void client.query(targets.list()).catch(() => undefined)
    return null
  }
}

const TABS = ['workspaces', 'targets', 'notifications'] as const
type TabName = (typeof TABS)[number]

/** Whether every workspace could be brought back, where archives lie, and who is told when that changes. */
export function Component() {
  const params = useParams()
  const navigate = useNavigate()
  const tab: TabName = TABS.find((name) => name === params['tab']) ?? 'workspaces'
  return (
    <Page>
      <PageHeader title="Protection" description={<ProtectionSummary />} />
      <Tabs
        aria-label="Parts of protection"
        value={tab}
        onValueChange={(next) => void navigate(next === 'workspaces' ? '/protection' : `/protection/${next}`)}
        tabs={[
          { value: 'workspaces', label: 'Workspaces', content: <WorkspacesTab /> },
          { value: 'targets', label: 'Targets', content: <TargetsTab /> },
          { value: 'notifications', label: 'Notifications', content: <NotificationsTab /> },
        ]}
      />
    </Page>
  )
}
