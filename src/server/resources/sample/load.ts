import type { Call } from '#api/client/call.ts'
import { createApiGroup } from '#api/contract/api-groups.ts'
import { bulkCreateContent } from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace, deleteWorkspace } from '#api/contract/workspaces.ts'

import { seeded } from './random.ts'
import { sampleRows } from './rows.ts'
import { SAMPLE_API_GROUPS, SAMPLE_TABLES, type SampleTable } from './tables.ts'

const SEED = 20_261_121
const NAME = 'Sample shop'

export interface Loaded {
  workspaceId: number
  tables: number
  rows: number
}

/**
 * Makes the sample workspace by the calls that anybody could make, as the person who asked for it. What fails half
 * way is taken away again.
 */
export async function loadSample(call: Call, now: Date): Promise<Loaded> {
  const description = 'A small shop to explore: nothing in it is real. Delete it whenever you like.'
  const workspace = await call(createWorkspace, { body: { name: NAME, description } })
  const params = { workspace_id: workspace.id }
  try {
    const rows = await fillTables(call, workspace.id, now)
    for (const { name, description: about } of SAMPLE_API_GROUPS) {
      await call(createApiGroup, { params, body: { name, description: about, swagger: true } })
    }
    return { workspaceId: workspace.id, tables: SAMPLE_TABLES.length, rows }
  } catch (error) {
    await call(deleteWorkspace, { params })
    throw error
  }
}

async function fillTables(call: Call, workspaceId: number, now: Date): Promise<number> {
  const data = sampleRows(seeded(SEED), now.getTime())
  const ids = new Map<string, number>()
  let count = 0
  for (const table of SAMPLE_TABLES) {
    const { id } = await call(createTable, {
      params: { workspace_id: workspaceId },
      body: { name: table.name, description: table.description, schema: columnsOf(table, ids), index: table.indexes },
    })
    ids.set(table.name, id)
    const items = data[table.name] ?? []
    await call(bulkCreateContent, { params: { workspace_id: workspaceId, table_id: id }, body: { items } })
    count += items.length
  }
  return count
}

function columnsOf(table: SampleTable, ids: ReadonlyMap<string, number>): SampleTable['columns'] {
  return table.columns.map(({ refersTo, ...column }) =>
    refersTo === undefined ? column : { ...column, tableref_id: ids.get(refersTo) },
  )
}
