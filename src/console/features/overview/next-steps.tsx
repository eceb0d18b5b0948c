import { Archive, KeyRound, Network, RotateCcw, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'

import { listApiGroups } from '#api/contract/api-groups.ts'
import { createBackup } from '#api/contract/backups.ts'
import { type Endpoint } from '#api/contract/endpoint.ts'
import { createRestore } from '#api/contract/restores.ts'
import { createTable } from '#api/contract/tables.ts'
import { createToken } from '#api/contract/tokens.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Panel } from '#console/ui/panel.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

interface Step {
  to: string
  label: string
  effect: string
  icon: ReactNode
  /** What it is for. */
  endpoint: Endpoint
}

function stepsOf(workspaceId: number): Step[] {
  const base = `/w/${workspaceId}`
  return [
    {
      to: `${base}/tables/new`,
      label: 'Create a table',
      effect: 'With typed columns, references and indexes.',
      icon: <Table2 aria-hidden />,
      endpoint: createTable,
    },
    {
      to: `${base}/api-groups`,
      label: 'Look at the API groups',
      effect: 'Base URLs of the endpoints.',
      icon: <Network aria-hidden />,
      endpoint: listApiGroups,
    },
    {
      to: '/tokens/new',
      label: 'Create a token',
      effect: 'Lets a program do what its scopes say.',
      icon: <KeyRound aria-hidden />,
      endpoint: createToken,
    },
    {
      to: `${base}/backups`,
      label: 'Take a backup',
      effect: 'Read back and checked after writing.',
      icon: <Archive aria-hidden />,
      endpoint: createBackup,
    },
    {
      to: '/restore',
      label: 'Restore a backup',
      effect: 'Shows beforehand what will change.',
      icon: <RotateCcw aria-hidden />,
      endpoint: createRestore,
    },
  ]
}

/** What one comes here to do, as far as one may. */
export function NextSteps({ workspaceId }: { workspaceId: number }) {
  const may = useMay()
  const steps = stepsOf(workspaceId).filter(({ endpoint }) => may(endpoint, workspaceId))
  if (steps.length === 0) return null
  return (
    <Panel title="Next steps" flush>
      <ul>
        {steps.map((step) => (
          <li
            key={step.to}
            className="flex items-start gap-3 px-4 py-2 not-last:border-b [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.5] [&>svg]:text-muted"
          >
            {step.icon}
            <div className="min-w-0">
              <TextLink look="quiet" to={step.to} className="text-sm">
                {step.label}
              </TextLink>
              <p className="text-xs text-muted">{step.effect}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
