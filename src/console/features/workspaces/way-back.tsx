import { useQuery } from '@tanstack/react-query'

import { listProtection } from '#api/contract/protection.ts'
import { protection } from '#console/data/protection.ts'
import { useNow } from '#console/lib/use-now.ts'
import { useMay } from '#console/scopes/use-may.ts'

import { wayBackWords } from './way-back-words.ts'

const MINUTE_MS = 60_000

/** Whether there is a backup of a workspace that is about to go, and how old it is, for who may know. */
export function WayBack({ workspaceId }: { workspaceId: number }) {
  const mayRead = useMay()(listProtection, workspaceId)
  const list = useQuery({ ...protection.list(workspaceId), enabled: mayRead })
  const now = useNow(MINUTE_MS)
  const found = list.data?.find((item) => item.workspaceId === workspaceId)
  if (mayRead && list.isPending) return <p className="min-h-15">Looking for backups of it…</p>
  if (found === undefined)
    return <p className="min-h-15">Backups of it stay, if there are any, and are the only way back.</p>
  const isLost = found.lastGood === null
  return (
    <p className={isLost ? 'min-h-15 font-medium text-danger' : 'min-h-15 tabular-nums'}>{wayBackWords(found, now)}</p>
  )
}
