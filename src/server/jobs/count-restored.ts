import pg from 'pg'

import type { Drill } from '#api/contract/backups.ts'

import { badArchive } from '../archive/archive-error.ts'
import type { Rehearsed } from '../archive/import.ts'
import type { Manifest } from '../archive/manifest.ts'
import { schemaName } from '../db/workspace.ts'

/**
 * Counts every row of a rehearsed restore and adds up a checksum of them, as the database holds them: the same rows give
 * the same sum in whatever order. Throws `bad_archive` where a table has not as many rows as the manifest says.
 */
export async function countRestored({ client, workspaceId }: Rehearsed, manifest: Manifest): Promise<Drill['tables']> {
  const counted: Drill['tables'] = []
  for (const { name, rows } of manifest.tables) {
    for (const { dataSource, count } of rows) {
      const found = await countTable(client, schemaName(workspaceId, dataSource), name)
      if (found.rows !== count) {
        throw badArchive(
          'wrong_row_count',
          `The restored table "${name}" (${dataSource}) has ${found.rows} rows and should have ${count}.`,
        )
      }
      counted.push({ name, dataSource, ...found })
    }
  }
  return counted
}

async function countTable(
  client: pg.ClientBase,
  schema: string,
  name: string,
): Promise<{ rows: number; checksum: string }> {
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
  // The sum of 64-bit hashes, modulo 2^64.
  const { rows } = await client.query<{ rows: number; sum: string }>(
    `select count(*) as rows, (mod(coalesce(sum(hashtextextended(one::text, 0)::numeric), 0), 2::numeric ^ 64))::text as sum
     from ${table} one`,
  )
  const found = rows[0] ?? { rows: 0, sum: '0' }
  const checksum = BigInt.asUintN(64, BigInt(found.sum.split('.')[0] ?? '0'))
  return { rows: found.rows, checksum: checksum.toString(16).padStart(16, '0') }
}
