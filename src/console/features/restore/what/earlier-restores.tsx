import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'

import type { Restore } from '#api/contract/restores.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { restores } from '#console/data/restores.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { EARLIER_RESTORES } from '../restore-search.ts'
import { outcomeOf, restoreTitle } from '../restore-words.ts'
import { UndoButton } from '../undo-button.tsx'

const PER_PAGE = 10

const columns: DataColumn<Restore>[] = [
  { id: 'what', header: 'Restore', stacked: 'primary', wrap: true, cell: (restore) => restoreTitle(restore) },
  {
    id: 'when',
    header: 'When',
    width: '9rem',
    stacked: 'secondary',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '9rem',
    stacked: 'secondary',
    cell: (restore) => {
      const { words, tone } = outcomeOf(restore)
      return <Badge tone={tone}>{words}</Badge>
    },
  },
  {
    id: 'undo',
    header: 'Undo',
    hideHeader: true,
    width: '7rem',
    align: 'right',
    stacked: 'actions',
    cell: (restore) => (restore.undoRefusal === null ? <UndoButton restore={restore} size="sm" /> : null),
  },
]

/** What was restored before, with the way back; nothing while there is none. */
export function EarlierRestores({ workspaceId }: { workspaceId: number | undefined }) {
  const [cursors, setCursors] = useState<string[]>([])
  const list = useQuery(restores.list({ workspaceId, limit: PER_PAGE, cursor: cursors.at(-1) }))
  if (list.isPending) return null
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load earlier restores')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
        className="mt-8"
      />
    )
  }
  const { items, nextCursor } = list.data
  if (items.length === 0 && cursors.length === 0) return null
  return (
    <section aria-labelledby={EARLIER_RESTORES} className="mt-8 flex flex-col gap-3">
      <Heading />
      <DataTable
        label="Earlier restores"
        rows={items}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => `/restores/${id}`}
      />
      <ListFoot
        noun="restore"
        shown={items.length}
        onPrevious={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
        onNext={nextCursor === null ? undefined : () => setCursors([...cursors, nextCursor])}
      />
    </section>
  )
}

/** Who comes for the list is brought to it once it is there. */
function Heading() {
  const ref = useRef<HTMLHeadingElement>(null)
  const { hash } = useLocation()

  useEffect(() => {
    if (hash !== `#${EARLIER_RESTORES}`) return
    ref.current?.scrollIntoView()
    ref.current?.focus({ preventScroll: true })
  }, [hash])

  return (
    <h2 ref={ref} id={EARLIER_RESTORES} tabIndex={-1} className="scroll-mt-16 text-lg font-semibold">
      Earlier restores
    </h2>
  )
}
