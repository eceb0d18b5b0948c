import { useQuery } from '@tanstack/react-query'

import { listProtection } from '#api/contract/protection.ts'
import type { Table } from '#api/contract/tables.ts'
import { protection } from '#console/data/protection.ts'
import { useNow } from '#console/lib/use-now.ts'
import { useMay } from '#console/scopes/use-may.ts'

import { wayBackWords } from './way-back-words.ts'

const MINUTE_MS = 60_000
/** Two lines: nothing moves when the answer comes. */
const ROOM = 'min-h-10'

/** Whether there is a backup of a table that is about to go, and how old it is, for who may know. */
export function WayBack({ table, workspaceId }: { table: Table; workspaceId: number }) {
  const mayRead = useMay()(listProtection, workspaceId)
  const list = useQuery({ ...protection.list(workspaceId), enabled: mayRead })
  const now = useNow(MINUTE_MS)
  const found = list.data?.find((item) => item.workspaceId === workspaceId)
  if (mayRead && list.isPending) return <p className={ROOM}>Looking for backups of it…</p>
  if (found === undefined) return <p className={ROOM}>Only a backup taken before, if there is one, brings it back.</p>
  const { words, isLost } = wayBackWords(table, found, now)
  return <p className={isLost ? `${ROOM} font-medium text-danger` : `${ROOM} tabular-nums`}>{words}</p>
}
