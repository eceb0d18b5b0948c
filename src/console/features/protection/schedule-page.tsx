import type { QueryClient } from '@tanstack/react-query'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { getSchedule } from '#api/contract/schedules.ts'
import { protection } from '#console/data/protection.ts'
import { schedules } from '#console/data/schedules.ts'
import { targets } from '#console/data/targets.ts'
import { workspaces } from '#console/data/workspaces.ts'

import { NewSchedule } from './new-schedule.tsx'
import { SavedSchedule } from './saved-schedule.tsx'

export const access = { title: 'Schedule', endpoint: getSchedule }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    const workspaceId = Number(params['workspaceId'])
    const scheduleId = params['scheduleId']
    void client.query(targets.list()).catch(() => undefined)
    void client.query(workspaces.branches(workspaceId)).catch(() => undefined)
    void client.query(protection.list(workspaceId)).catch(() => undefined)
    if (scheduleId !== undefined) void client.query(schedules.detail(Number(scheduleId))).catch(() => undefined)
    return null
  }
}

/** One page for a schedule in the making and for one that runs. */
export function Component() {
  const { workspaceId, scheduleId } = useParams()
  return scheduleId === undefined ? (
    <NewSchedule key={workspaceId} workspaceId={Number(workspaceId)} />
  ) : (
    <SavedSchedule key={scheduleId} workspaceId={Number(workspaceId)} scheduleId={Number(scheduleId)} />
  )
}
