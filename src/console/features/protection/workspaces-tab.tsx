import { useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'

import type { Protection } from '#api/contract/protection.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { protection } from '#console/data/protection.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { DayStripLegend } from '#console/ui/day-strip.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { needsAttention } from './protection-words.ts'
import { DAY_LEGEND } from './run-days.ts'
import { WorkspaceHeads, WorkspaceRow, WorkspaceRowsSkeleton } from './workspace-row.tsx'

type Show = 'all' | 'attention'

/** More rows than a window is high. */
const DRAWN_AT_ONCE = 20

/** Every workspace, the worst protected first. */
export function WorkspacesTab() {
  const list = useQuery(protection.list())
  if (list.isPending) {
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-7 w-96 max-w-full" />
        <WorkspaceRowsSkeleton />
      </div>
    )
  }
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load how well the workspaces are protected')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (list.data.length === 0) {
    return (
      <EmptyState
        icon={<ShieldCheck />}
        action={
          <ButtonLink to="/workspaces" variant="primary">
            Go to workspaces
          </ButtonLink>
        }
      >
        There is no workspace yet. Each one will be listed here with its backups, schedules and drills.
      </EmptyState>
    )
  }
  return <WorkspaceList items={list.data} readAt={list.dataUpdatedAt} />
}

function WorkspaceList({ items, readAt }: { items: readonly Protection[]; readAt: number }) {
  const { show, query, setView } = useView()
  const { text, setText } = useSettledText(query, (next) => setView('q', next))
  const bad = items.filter(needsAttention)
  const shown = (show === 'attention' ? bad : items).filter(({ workspaceName }) =>
    workspaceName.toLowerCase().includes(query.trim().toLowerCase()),
  )
  return (
    <div className="flex flex-col gap-3">
      {items.length > 1 && (
        <Toolbar>
          <ChoiceChips<Show>
            size="sm"
            aria-label="Which workspaces"
            choices={[
              { value: 'all', label: `All ${items.length}` },
              { value: 'attention', label: `Not protected as wanted ${bad.length}` },
            ]}
            value={show}
            onValueChange={(next) => setView('show', next === 'all' ? '' : next)}
          />
          <SearchInput label="Search workspaces" value={text} onValueChange={setText} />
        </Toolbar>
      )}
      {shown.length === 0 ? (
        <EmptyState>
          {bad.length === 0 && show === 'attention' ? 'Every workspace is protected.' : 'No workspace matches.'}
        </EmptyState>
      ) : (
        <div className="rounded-lg border bg-panel">
          <WorkspaceHeads />
          <ul aria-label="Workspaces">
            {shown.map((item, index) => (
              <WorkspaceRow key={item.workspaceId} item={item} isFar={index >= DRAWN_AT_ONCE} readAt={readAt} />
            ))}
          </ul>
        </div>
      )}
      <ListFoot noun="workspace" shown={shown.length} {...(shown.length < items.length && { total: items.length })}>
        <DayStripLegend items={DAY_LEGEND} />
      </ListFoot>
    </div>
  )
}

/** Which are shown, kept in the address. */
function useView() {
  const [params, setParams] = useUrlParams()
  const setView = (key: 'show' | 'q', value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(key)
        else next.set(key, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  const show: Show = params.get('show') === 'attention' ? 'attention' : 'all'
  return { show, query: params.get('q') ?? '', setView }
}
