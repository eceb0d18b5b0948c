import type { TokenUsage } from '#api/contract/token-usage.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Badge, type Tone } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { OperationName } from './operation-name.tsx'

type Operation = TokenUsage['byOperation'][number]

const columns: DataColumn<Operation>[] = [
  {
    id: 'operation',
    header: 'Operation',
    stacked: 'primary',
    cell: (operation) => <OperationName of={operation} />,
  },
  {
    id: 'calls',
    header: 'Calls',
    width: '6rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ calls }) => formatNumber(calls),
  },
  {
    id: 'errors',
    header: 'Failed',
    width: '6rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ errors }) =>
      errors === 0 ? (
        <span className="text-muted">0</span>
      ) : (
        <span className="text-danger">{formatNumber(errors)}</span>
      ),
  },
]

/** What it called most, and how that was answered. */
export function UsageOperations({ usage }: { usage: TokenUsage }) {
  if (usage.byOperation.length === 0) return null
  return (
    <section aria-labelledby="usage-operations" className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id="usage-operations" className="font-medium">
          By operation
        </h3>
        <ul aria-label="By status" className="flex flex-wrap gap-1.5">
          {usage.byStatus.map(({ status, calls }) => (
            <li key={status}>
              <Badge tone={toneOf(status)}>
                <code>{status}</code> {formatNumber(calls)}
              </Badge>
            </li>
          ))}
        </ul>
      </div>
      <ScrollRegion aria-label="Calls by operation" className="max-h-90 overflow-y-auto rounded-lg [--sticky-top:0px]">
        <DataTable
          label="Calls by operation"
          rows={usage.byOperation}
          columns={columns}
          rowKey={({ operation }) => operation}
        />
      </ScrollRegion>
    </section>
  )
}

function toneOf(status: string): Tone {
  if (status.startsWith('5')) return 'danger'
  return status.startsWith('4') ? 'warning' : 'success'
}
