import pg from 'pg'

/** A statement under a name of its own, at most 63 bytes. */
export interface PreparedStatement {
  name: string
  text: string
}

/**
 * Prepared statements that cannot be used: the shape of a result changed (a newer release migrated the database), or
 * a pooler in front of the server handed over another session.
 */
const UNUSABLE = new Set(['0A000', '26000', '42P05'])

/** The rows of a statement that every request runs: each connection parses and plans it once. */
export async function selectPrepared<Row extends object>(
  pool: pg.Pool,
  { name, text }: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    return (await pool.query<Row>({ name, text, values: [...values] })).rows
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !UNUSABLE.has(error.code ?? '')) throw error
    return (await pool.query<Row>(text, [...values])).rows
  }
}
