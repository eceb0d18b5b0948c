import type { Instance } from '#api/contract/account.ts'
import { environmentOf } from '#console/data/instances.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { EnvBadge } from '#console/ui/env-badge.tsx'

import { InstanceHealth } from './instance-health.tsx'

export const instanceColumns: readonly DataColumn<Instance>[] = [
  { id: 'display', header: 'Instance', cell: (instance) => instance.display, stacked: 'primary', width: '20%' },
  {
    id: 'environment',
    header: 'Environment',
    cell: (instance) => <Environment instance={instance} />,
    stacked: 'secondary',
    width: '8rem',
  },
  {
    id: 'health',
    header: 'Health',
    cell: (instance) => <InstanceHealth instance={instance} />,
    stacked: 'secondary',
    width: '18rem',
  },
  { id: 'address', header: 'Metadata API', cell: (instance) => <Address instance={instance} /> },
  { id: 'name', header: 'Name', cell: (instance) => <code>{instance.name}</code>, from: 'xl', width: '10rem' },
]

function Environment({ instance }: { instance: Instance }) {
  const environment = environmentOf(instance)
  return environment ? <EnvBadge environment={environment} /> : <span className="text-muted">Not marked</span>
}

function Address({ instance }: { instance: Instance }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 truncate">{instance.meta_api}</code>
      <CopyButton text={instance.meta_api} label={`Copy address of ${instance.display}`} className="size-6!" />
    </span>
  )
}
