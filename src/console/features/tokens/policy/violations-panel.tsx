import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { session } from '#console/data/session.ts'
import { tokens } from '#console/data/tokens.ts'
import { Callout } from '#console/ui/callout.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { TokenName } from '../token-name.tsx'
import { TokenStatusBadge } from '../token-status.tsx'
import { useTokenNames } from '../use-token-names.ts'
import { UsedBy } from '../used-by.tsx'
import { breakReason, effectWords, stopWords, type Violations } from './policy-words.ts'

type Violation = Violations['items'][number]

const columnsFor = (
  users: ReadonlyMap<number, readonly string[]>,
  myId: number | undefined,
): DataColumn<Violation>[] => [
  { id: 'name', header: 'Name', stacked: 'primary', cell: (token) => <TokenName token={token} myId={myId} /> },
  {
    id: 'users',
    header: 'Used by',
    width: '9rem',
    stacked: 'secondary',
    cell: ({ id, usedBy }) => <UsedBy names={users.get(id) ?? []} count={usedBy} />,
  },
  {
    id: 'status',
    header: 'Now',
    width: '6.5rem',
    stacked: 'secondary',
    cell: (token) => <TokenStatusBadge token={token} />,
  },
  { id: 'reason', header: 'Why', width: '10rem', wrap: true, stacked: 'secondary', cell: breakReason },
]

export interface ViolationsPanelProps {
  /** Undefined while what is typed is not a policy. */
  policy: TokenPolicy | undefined
  /** Its limits hold already; else it is only tried. */
  isSaved: boolean
}

/** Which tokens a policy blocks, or would block once it is saved, and what stops with them. */
export function ViolationsPanel({ policy, isSaved }: ViolationsPanelProps) {
  if (policy === undefined) {
    return (
      <Panel title="What it would do to tokens that exist">
        <p aria-live="polite" className="text-muted">
          Mend the fields above first: as they are, they are not a policy.
        </p>
      </Panel>
    )
  }
  return <Trial policy={policy} isSaved={isSaved} />
}

function Trial({ policy, isSaved }: { policy: TokenPolicy; isSaved: boolean }) {
  const found = useQuery(tokens.violations(policy))
  return (
    <Panel title={isSaved ? 'What it does to tokens that exist' : 'What it would do to tokens that exist'}>
      {found.isPending && <TextSkeleton lines={2} label="Looking for tokens that break it" />}
      {found.isLoadingError && (
        <ErrorState
          {...describeFailure(found.error, 'Could not look for tokens that break it')}
          onRetry={() => void found.refetch()}
          isRetrying={found.isFetching}
        />
      )}
      {found.data && <Found violations={found.data} isSaved={isSaved} />}
    </Panel>
  )
}

function Found({ violations, isSaved }: { violations: Violations; isSaved: boolean }) {
  const { users } = useTokenNames()
  const rows = violations.items
  const myId = useQuery(session.current()).data?.signedIn?.user.id
  const columns = useMemo(() => columnsFor(users, myId), [users, myId])
  const stops = stopWords(rows, users, isSaved)
  return (
    <div className="flex flex-col gap-3">
      <div aria-live="polite" className="flex flex-col gap-3">
        {stops !== undefined && (
          <Callout tone="danger" title={stops}>
            {isSaved ? 'Rotate' : 'After saving, rotate'} its token below: the new one keeps the policy, and what runs
            with the old one goes on with it by itself.
          </Callout>
        )}
        <p className={violations.total === 0 ? 'text-muted' : undefined}>{effectWords(violations, isSaved)}</p>
      </div>
      {violations.total > 0 && (
        <>
          <DataTable
            label="Tokens that break it"
            rows={rows}
            columns={columns}
            rowKey={({ id }) => String(id)}
            rowHref={({ id }) => `/tokens/${id}`}
          />
          <ListFoot shown={rows.length} total={violations.total} noun="token" />
        </>
      )}
    </div>
  )
}
