import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'

import { createSchedule } from '#api/contract/schedules.ts'
import type { Target } from '#api/contract/targets.ts'
import { targets } from '#console/data/targets.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { ScheduleEditor } from './schedule-editor.tsx'
import { EditorSkeleton } from './schedules/editor-skeleton.tsx'

/** A schedule in the making. */
export function NewSchedule({ workspaceId }: { workspaceId: number }) {
  const navigate = useNavigate()
  const toast = useToast()
  const list = useQuery(targets.list())
  const may = useMay()
  const workspace = useQuery(workspaces.list()).data?.find(({ id }) => id === workspaceId)
  return (
    <Page>
      <PageHeader
        title="New schedule"
        description={`Backs up ${workspace?.name ?? 'this workspace'} by itself, and proves that it worked.`}
      />
      {!may(createSchedule, workspaceId) ? (
        <NoAccess endpoint={createSchedule} where={workspaceId} />
      ) : list.isFetched ? (
        <ScheduleEditor
          workspaceId={workspaceId}
          targetId={likelyTarget(list.data ?? [])}
          onSaved={({ id, name }, isShown) => {
            toast.success(`Schedule ${name} created`)
            if (isShown) void navigate(`/w/${workspaceId}/schedules/${id}`, { replace: true })
          }}
        />
      ) : (
        <EditorSkeleton />
      )}
    </Page>
  )
}

/** A store elsewhere comes before a folder, and what was added last before the rest; none whose last test failed. */
function likelyTarget(list: readonly Target[]): string {
  const away = list
    .filter(({ id, lastTest }) => id !== null && lastTest?.ok !== false)
    .toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
  return String((away.find(({ settings }) => settings.kind === 's3') ?? away[0])?.id ?? '')
}
