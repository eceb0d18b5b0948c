import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import type { OpenSession } from '#api/contract/sessions.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { session } from '#console/data/session.ts'
import { sessions } from '#console/data/sessions.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { EndOthersDialog, EndSessionDialog } from './end-session-dialogs.tsx'
import { sessionColumns } from './session-columns.tsx'
import { readSessionSearch, type SessionSearch, sessionFilter, sessionQuery, turnPages } from './session-search.ts'

/** Where one is signed in; for owners and admins also where everybody is. */
export function SessionsTab() {
  const [params, setParams] = useUrlParams()
  const role = useQuery(session.current()).data?.signedIn?.user.role
  const maySeeAll = role === 'owner' || role === 'admin'
  const search = readSessionSearch(params)
  const [ending, setEnding] = useState<OpenSession>()
  const [isEndingOthers, setIsEndingOthers] = useState(false)
  const go = (to: SessionSearch) => setParams(sessionQuery(to), { replace: true, preventScrollReset: true })

  return (
    <div className="flex flex-col gap-3">
      <Toolbar>
        {maySeeAll && (
          <ChoiceChips
            aria-label="Whose sessions"
            size="sm"
            choices={[
              { value: 'mine', label: 'Mine' },
              { value: 'everybody', label: 'Everybody’s' },
            ]}
            value={search.of}
            onValueChange={(of) => go({ of, before: undefined })}
          />
        )}
        <Button size="sm" className="ml-auto" onClick={() => setIsEndingOthers(true)}>
          End all my other sessions
        </Button>
      </Toolbar>
      <SessionList search={search} maySeeAll={maySeeAll} onGo={go} onEnd={setEnding} />
      {ending && <EndSessionDialog session={ending} onClose={() => setEnding(undefined)} />}
      {isEndingOthers && <EndOthersDialog onClose={() => setIsEndingOthers(false)} />}
    </div>
  )
}

interface SessionListProps {
  search: SessionSearch
  maySeeAll: boolean
  onGo: (to: SessionSearch) => void
  onEnd: (session: OpenSession) => void
}

function SessionList({ search, maySeeAll, onGo, onEnd }: SessionListProps) {
  const filter = sessionFilter(search, maySeeAll)
  const list = useQuery({ ...sessions.list(filter), placeholderData: keepPreviousData })
  const columns = useMemo(() => sessionColumns({ hasPeople: filter.all, onEnd }), [filter.all, onEnd])
  if (list.isPending) return <DataTableSkeleton columns={columns} label="Loading sessions" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the sessions')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const { items, nextCursor } = list.data
  const { previous, next } = turnPages(search, nextCursor)
  return (
    <>
      <DataTable
        label="Sessions"
        rows={items}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowLabel={({ browser }) => browser}
      />
      <ListFoot
        noun="session"
        shown={items.length}
        onPrevious={previous && (() => onGo(previous))}
        onNext={next && (() => onGo(next))}
      >
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
