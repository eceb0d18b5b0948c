import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { schedules } from '#console/data/schedules.ts'
import { workspaces } from '#console/data/workspaces.ts'

/** Names that rows of the list speak of: workspaces by id, and what runs with a token by the token's id. */
export function useTokenNames() {
  const workspaceList = useQuery(workspaces.list()).data
  const scheduleList = useQuery(schedules.list()).data
  const names = useMemo(() => new Map(workspaceList?.map(({ id, name }) => [id, name])), [workspaceList])
  const users = useMemo(() => {
    const byToken = Map.groupBy(scheduleList ?? [], ({ token }) => token?.id)
    return new Map([...byToken].flatMap(([id, group]) => (id === undefined ? [] : [[id, group.map(nameOf)] as const])))
  }, [scheduleList])
  return { names, users }
}

const nameOf = ({ name }: { name: string }): string => name
