import { type Kysely, sql } from 'kysely'

/** What of an archive a restore takes. Frozen in time: never imports application code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

// `tables` stays: null there is a restore of everything, and a restore of none of the tables has an empty list.
const STATEMENTS = `
alter table metadeck.restore add column scope jsonb;
update metadeck.restore set scope = jsonb_build_object('tables', tables, 'rows', 'replace') where tables is not null;
`
