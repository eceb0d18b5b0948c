import { useQuery } from '@tanstack/react-query'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { fingerprint } from '../token-status-words.ts'
import { breakReason, effectWords } from './policy-words.ts'

const columns: DataColumn<Token>[] = [
  { id: 'name', header: 'Name', stacked: 'primary', cell: ({ name }) => <span title={name}>{name}</span> },
  {
    id: 'token',
    header: 'Token',
    width: '8.5rem',
    from: 'lg',
    cell: (token) => <code className="text-xs text-muted">{fingerprint(token)}</code>,
  },
  { id: 'reason', header: 'Why', width: '10rem', stacked: 'secondary', cell: breakReason },
  {
    id: 'maker',
    header: 'Made by',
    width: '10rem',
    from: 'lg',
    stacked: 'secondary',
    cell: ({ createdBy }) => createdBy?.name ?? '–',
  },
]

/** Which tokens a policy would block, before it is saved. */
export function ViolationsPanel({ policy }: { policy: TokenPolicy }) {
  const found = useQuery(tokens.violations(policy))
  return (
    <Panel title="What it does to tokens that exist">
      {found.isPending && <TextSkeleton lines={2} label="Looking for tokens that break it" />}
      {found.isLoadingError && (
        <ErrorState
          {...describeFailure(found.error, 'Could not look for tokens that break it')}
          onRetry={() => void found.refetch()}
          isRetrying={found.isFetching}
        />
      )}
      {found.data && (
        <div className="flex flex-col gap-3">
          <p aria-live="polite" className={found.data.total === 0 ? 'text-muted' : undefined}>
            {effectWords(found.data.total)}
          </p>
          {found.data.total > 0 && (
            <>
              <DataTable
                label="Tokens that break it"
                rows={found.data.items}
                columns={columns}
                rowKey={({ id }) => String(id)}
                rowHref={({ id }) => `/tokens/${id}`}
              />
              <ListFoot shown={found.data.items.length} total={found.data.total} noun="token" />
            </>
          )}
        </div>
      )}
    </Panel>
  )
}
