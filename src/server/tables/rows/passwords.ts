import { hashPassword } from '../../credentials.ts'
import type { TableDefinition } from '../definition.ts'
import type { RowValues } from './row-reader.ts'

async function hashed(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(hashed))
  // Empty text stands for "no password"; no password fits it.
  return typeof value === 'string' && value !== '' ? hashPassword(value) : value
}

/** Replaces the passwords of the rows by their argon2id hashes, the only form that is stored. */
export async function hashPasswords(definition: TableDefinition, rows: readonly RowValues[]): Promise<void> {
  const names = definition.columns.filter((column) => column.type === 'password').map((column) => column.name)
  await Promise.all(
    names.flatMap((name) =>
      rows.map(async (row) => {
        if (row[name] !== undefined) row[name] = await hashed(row[name])
      }),
    ),
  )
}
