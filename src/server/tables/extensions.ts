import { sql } from 'kysely'
import pg from 'pg'

import type { Index } from '#api/contract/columns.ts'

import { type Db, OWN_SCHEMA } from '../db/connection.ts'
import { BadChange } from './alter-error.ts'

interface Extension {
  /** As `create extension` calls it. */
  name: string
  /** As people call it. */
  title: string
}

const NEEDED: Partial<Record<Index['type'], Extension>> = {
  spatial: { name: 'postgis', title: 'PostGIS' },
  vector: { name: 'vector', title: 'pgvector' },
}

/** Turns a stored place into a geometry of PostGIS; made in Metadeck's own schema when first needed. */
export const GEO_FUNCTION = 'geo_shape'

/**
 * The schema of the extension that an index of this kind needs; undefined where it needs none. Where the server has the
 * extension it is created on the first need. Throws `BadChange` with one sentence that says what is missing and what to
 * do. Call it in a transaction: a refusal of PostgreSQL ends that.
 */
export async function requireExtension(trx: Db, kind: Index['type']): Promise<string | undefined> {
  const extension = NEEDED[kind]
  if (extension === undefined) return undefined
  const schema = (await schemaOf(trx, extension)) ?? (await createExtension(trx, extension, kind))
  if (kind === 'spatial') await requireGeoFunction(trx, schema)
  return schema
}

async function schemaOf(trx: Db, { name }: Extension): Promise<string | undefined> {
  const found = await sql<{ schema: string }>`
    select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = ${name}`.execute(trx)
  return found.rows[0]?.schema
}

async function createExtension(trx: Db, extension: Extension, kind: string): Promise<string> {
  const { name, title } = extension
  const offered = await sql`select 1 from pg_available_extensions where name = ${name}`.execute(trx)
  if (offered.rows.length === 0) {
    throw new BadChange(
      'type',
      `A ${kind} index needs the PostgreSQL extension ${title}, which the database server does not have: install it there, or leave this index out.`,
    )
  }
  await lockObjects(trx)
  try {
    await sql`create extension if not exists ${sql.id(name)} schema public`.execute(trx)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    throw new BadChange(
      'type',
      `A ${kind} index needs the PostgreSQL extension ${title}, which Metadeck may not create in this database: let an administrator run "create extension ${name}" there, then add the index again.`,
    )
  }
  return (await schemaOf(trx, extension)) ?? 'public'
}

/** Two changes at once in two workspaces must not create the same thing. */
async function lockObjects(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.extensions', 0))`.execute(trx)
}

/** `{"type": "point", "data": {"lat": 52.5, "lng": 13.4}}` as GeoJSON; jsonb keeps its keys in this order. */
const GEO_JSON = String.raw`jsonb_build_object(
    'type', '{"point": "Point", "multipoint": "MultiPoint", "linestring": "LineString",
      "multilinestring": "MultiLineString", "polygon": "Polygon", "multipolygon": "MultiPolygon"}'::jsonb
      ->> (place ->> 'type'),
    'coordinates', regexp_replace((place -> 'data')::text,
      '\{"lat": ([^,{}]+), "lng": ([^,{}]+)\}', '[\2, \1]', 'g')::jsonb)`

/**
 * The function has names with their schemas only, because PostgreSQL builds indexes with an empty search path. A value
 * that is no shape to PostGIS (written by SQL, past the API) is not in the index: an index must not refuse what the
 * column takes.
 */
async function requireGeoFunction(trx: Db, schema: string): Promise<void> {
  const found = await sql<{ isThere: boolean }>`
    select to_regprocedure(${`${OWN_SCHEMA}.${GEO_FUNCTION}(jsonb)`}) is not null as "isThere"`.execute(trx)
  if (found.rows[0]?.isThere === true) return
  await lockObjects(trx)
  const extension = pg.escapeIdentifier(schema)
  await sql`
    create or replace function ${sql.id(OWN_SCHEMA, GEO_FUNCTION)}(place jsonb) returns ${sql.id(schema, 'geometry')}
    language plpgsql immutable strict as ${sql.raw(`$function$
    begin
      return ${extension}.st_geomfromgeojson(${GEO_JSON}::text);
    exception when others then
      return null;
    end $function$`)}`.execute(trx)
}
