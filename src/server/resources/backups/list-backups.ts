import type { z } from 'zod'

import type { Backup, listBackups as endpoint } from '#api/contract/backups.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { presentBackups } from './facts.ts'

/** Backups that the caller may see, newest first. */
export async function listBackups(
  db: Db,
  caller: Caller,
  query: z.output<typeof endpoint.query>,
): Promise<{ items: Backup[]; nextCursor: string | null }> {
  const { workspaceId, scheduleId, kind, status, from, to, cursor, limit } = query
  const rows = await db
    .selectFrom('backup')
    .selectAll()
    .$if(caller.workspaces !== 'all', (select) =>
      select.where('workspace_id', 'in', caller.workspaces === 'all' ? [] : caller.workspaces),
    )
    .$if(workspaceId !== undefined, (select) => select.where('workspace_id', '=', workspaceId ?? 0))
    .$if(scheduleId !== undefined, (select) => select.where('schedule_id', '=', scheduleId ?? 0))
    .$if(kind !== undefined, (select) => select.where('kind', '=', kind ?? 'manual'))
    .$if(status !== undefined, (select) => select.where('status', 'in', status ?? []))
    .$if(from !== undefined, (select) => select.where('created_at', '>=', new Date(from ?? '')))
    .$if(to !== undefined, (select) => select.where('created_at', '<', new Date(to ?? '')))
    .$if(cursor !== undefined, (select) => select.where('id', '<', Number(cursor) || 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    items: await presentBackups(db, page),
    nextCursor: rows.length > page.length ? String(page.at(-1)?.id) : null,
  }
}
