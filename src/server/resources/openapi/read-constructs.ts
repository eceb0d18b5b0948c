import type { Selectable } from 'kysely'

import type { ConstructHeader } from '#xanoscript/construct-header.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'
import type { TableField } from '#xanoscript/table-field.ts'

import type { Db } from '../../db/connection.ts'
import type { ConstructTable } from '../../db/tables.ts'
import { listDefinitions } from '../../tables/definition-store.ts'
import { tryRead } from '../constructs/document.ts'
import { takeTurns } from '../constructs/take-turns.ts'
import { requireTextBudget, textBytes } from '../constructs/text-budget.ts'
import { expandLinks } from './expand-links.ts'

/** A published construct and what its text says. */
export interface KnownConstruct {
  row: Pick<Selectable<ConstructTable>, 'id' | 'kind' | 'name' | 'verb' | 'description' | 'api_group_id' | 'text'>
  /** Null where the text cannot be read any more; `problem` then says so, without a word of the text. */
  header: ConstructHeader | null
  problem: string
  /** Inputs in their order; those of linked tables stand for the link. */
  input: TableField[]
}

/** Which constructs are read; what is left out does not count. */
export interface ConstructFilter {
  kind?: ConstructKind
  branchId?: number
  groupId?: number
  id?: number
}

/** Published constructs by kind and name, drafts left out. Throws 413 where they have too much text. */
export async function readConstructs(
  db: Db,
  workspaceId: number,
  { kind, branchId, groupId, id }: ConstructFilter,
): Promise<KnownConstruct[]> {
  let query = db.selectFrom('construct').where('workspace_id', '=', workspaceId)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (branchId !== undefined) query = query.where('branch_id', '=', branchId)
  if (groupId !== undefined) query = query.where('api_group_id', '=', groupId)
  if (id !== undefined) query = query.where('id', '=', id)
  await requireTextBudget(db, query.select(textBytes.as('bytes')), 'Ask for one API group or endpoint at a time.')
  const rows = await query
    .select(['id', 'kind', 'name', 'verb', 'description', 'api_group_id', 'text'])
    .orderBy('kind')
    .orderBy('name')
    .orderBy('verb')
    .orderBy('id')
    .execute()
  const constructs: KnownConstruct[] = []
  const turn = takeTurns()
  for (const row of rows) {
    constructs.push({ row, ...readText(row.text) })
    await turn(row.text)
  }
  if (!constructs.some(({ input }) => input.some(isLink))) return constructs
  const tables = await listDefinitions(db, workspaceId)
  return constructs.map((construct) => ({ ...construct, input: expandLinks(construct.input, tables) }))
}

function isLink(field: TableField): boolean {
  return field.type === 'dblink'
}

function readText(text: string): Pick<KnownConstruct, 'header' | 'problem' | 'input'> {
  const read = tryRead(text)
  if ('header' in read) return { header: read.header, problem: '', input: read.header.input }
  const { line, col } = read.failure
  const problem = `The stored text cannot be read from line ${line}, column ${col}: its inputs are not known.`
  return { header: null, problem, input: [] }
}
