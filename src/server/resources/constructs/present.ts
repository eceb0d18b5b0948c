import { metaTime } from '#api/contract/names.ts'

import type { Db } from '../../db/connection.ts'
import { type ReadText, tryRead } from './document.ts'
import type { Kind, PresentContext, ReadOptions } from './kind.ts'
import type { ConstructRow } from './store.ts'
import { takeTurns } from './take-turns.ts'

const NO_TABLES: ReadonlyMap<string, number> = new Map()

/** Constructs as the API answers them, all of one workspace. Reads what the kind refers to once for all of them. */
export async function presentConstructs(
  db: Db,
  kind: Kind,
  workspaceId: number,
  rows: readonly ConstructRow[],
  options: ReadOptions,
): Promise<object[]> {
  const tables = kind.refersToTables === true && rows.length > 0 ? await tableIds(db, workspaceId) : NO_TABLES
  const items: object[] = []
  const turn = takeTurns()
  for (const row of rows) {
    items.push(present(kind, { row, tables }, options))
    await turn(row.text)
  }
  return items
}

/** One construct as the API answers it. */
export async function presentConstruct(db: Db, kind: Kind, row: ConstructRow, options: ReadOptions): Promise<object> {
  const tables = kind.refersToTables === true ? await tableIds(db, row.workspace_id) : NO_TABLES
  return present(kind, { row, tables }, options)
}

async function tableIds(db: Db, workspaceId: number): Promise<ReadonlyMap<string, number>> {
  const tables = await db
    .selectFrom('table_definition')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(tables.map(({ id, name }) => [name.toLowerCase(), id]))
}

/** The published text is shown; the draft, where there is one and it is asked for. */
function present(kind: Kind, context: PresentContext, options: ReadOptions): object {
  const { row } = context
  const draft = options.include_draft === true ? row.draft : null
  const text = draft ?? row.text
  const read = tryRead(text)
  const header = 'header' in read ? read.header : { ...row, tags: [], guid: null }
  return {
    id: row.id,
    created_at: metaTime(row.created_at),
    updated_at: metaTime(row.updated_at),
    name: header.name,
    description: header.description,
    guid: (draft === null ? null : header.guid) ?? row.guid,
    branch: row.branch,
    tag: header.tags,
    ...('header' in read ? kind.present(read.header, context) : whatIsKnown(row)),
    ...(options.include_xanoscript ? { xanoscript: toValue(text, read) } : {}),
  }
}

/**
 * Of a construct whose text cannot be read. What only the text says is left out: an endpoint must not look as if
 * everybody could call it.
 */
function whatIsKnown(row: ConstructRow): object {
  return row.verb === null ? {} : { verb: row.verb, apigroup_id: row.api_group_id }
}

function toValue(text: string, read: ReadText): object {
  return 'header' in read
    ? { status: 'ok', value: text }
    : { status: 'error', value: text, message: read.failure.message }
}
