import { type Backup, listBackups } from '#api/contract/backups.ts'

import { EXIT, wrongUsage } from './exit-code.ts'
import { findWorkspace } from './find.ts'
import type { Outcome } from './outcome.ts'
import { type Arguments, refuseExtra } from './read-arguments.ts'
import type { Session } from './session.ts'
import { bytesText, momentText, tableText } from './text.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 100_000
const PAGE = 50

/** `metadeck list`. */
export async function runList(
  { values, positionals }: Arguments<'list'>,
  open: () => Promise<Session>,
): Promise<Outcome> {
  refuseExtra(positionals)
  const limit = readLimit(values.limit)
  const { call } = await open()
  const workspaceId = values.workspace === undefined ? undefined : (await findWorkspace(call, values.workspace)).id
  const items: Backup[] = []
  let cursor: string | undefined
  do {
    const query = {
      limit: Math.min(PAGE, limit - items.length),
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(cursor === undefined ? {} : { cursor }),
    }
    const page = await call(listBackups, { query })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < limit)
  return { exit: EXIT.good, json: { items }, text: listText(items) }
}

function readLimit(text = String(LIMIT_DEFAULT)): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit
  throw wrongUsage(`--limit is a whole number from 1 to ${LIMIT_MAX}.`)
}

function listText(items: readonly Backup[]): string {
  if (items.length === 0) return 'There are no backups.'
  return tableText(
    ['ID', 'CREATED', 'WORKSPACE', 'KIND', 'STATUS', 'SIZE', 'ROWS', 'VERIFIED', 'STORED'],
    items.map((backup) => [
      String(backup.id),
      momentText(backup.createdAt),
      backup.workspaceName,
      backup.kind,
      backup.status,
      backup.bytes === 0 ? '-' : bytesText(backup.bytes),
      backup.summary === null ? '-' : String(backup.rows),
      momentText(backup.verifiedAt),
      backup.targetName,
    ]),
  )
}
