import type { TokenUsage } from '#api/contract/token-usage.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { OperationName } from './operation-name.tsx'
import { failureWords } from './usage-words.ts'

type Failure = TokenUsage['lastErrors'][number] & { method: string | null; path: string | null }

const columns: DataColumn<Failure>[] = [
  {
    id: 'operation',
    header: 'Operation',
    stacked: 'primary',
    cell: (failure) => <OperationName of={failure} />,
  },
  {
    id: 'status',
    header: 'Answer',
    width: '12rem',
    stacked: 'secondary',
    cell: ({ status }) => failureWords(status),
  },
  { id: 'at', header: 'When', width: '8rem', stacked: 'secondary', cell: ({ at }) => <RelativeTime at={at} /> },
]

/** The last calls that were refused or failed. */
export function UsageErrors({ usage: { lastErrors, byOperation } }: { usage: TokenUsage }) {
  if (lastErrors.length === 0) return null
  const known = new Map(byOperation.map((one) => [one.operation, one]))
  const rows = lastErrors.map((failure, index) => ({
    ...failure,
    key: String(index),
    method: known.get(failure.operation)?.method ?? null,
    path: known.get(failure.operation)?.path ?? null,
  }))
  return (
    <section aria-labelledby="usage-errors" className="flex min-w-0 flex-col gap-2">
      <h3 id="usage-errors" className="font-medium">
        Last errors
      </h3>
      <DataTable label="Last errors" rows={rows} columns={columns} rowKey={({ key }) => key} />
    </section>
  )
}
