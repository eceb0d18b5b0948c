import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'

import type { SetAuth } from '#api/contract/apis.ts'
import type { ConstructChanges, ConstructHeader } from '#xanoscript/construct-header.ts'

import type { Db } from '../../db/connection.ts'
import { LIVE_DATA_SOURCE } from '../../db/workspace.ts'
import { invalidInput } from '../../errors.ts'
import { NO_CACHE, toCacheSettings } from './cache.ts'
import type { Settings } from './kind.ts'

/**
 * JSON settings as changes of a text. What the text says already is left out, so that saving what was read changes
 * nothing. Without `before` the text is still to be written. Throws `invalid_input` for a table or data source that
 * the workspace does not have.
 */
export async function toChanges(
  db: Db,
  workspaceId: number,
  settings: Settings,
  before: ConstructHeader | null,
): Promise<ConstructChanges> {
  const { auth, datasource, cache, tag } = settings
  if (datasource !== undefined) await requireDataSource(db, workspaceId, datasource, before)
  const sent: { [Key in keyof ConstructChanges]: ConstructChanges[Key] | undefined } = {
    name: settings.name,
    verb: settings.verb,
    description: emptyToNull(settings.description),
    docs: emptyToNull(settings.docs),
    tags: tag === undefined ? undefined : nullIfNone(tag ?? []),
    active: settings.active,
    datasource,
    auth: auth === undefined ? undefined : await tableNamed(db, workspaceId, auth, before),
    cache: cache === undefined ? undefined : toCacheSettings(cache, before?.cache ?? null),
  }
  const known = before === null ? WHAT_NEW_TEXTS_SAY : whatItSays(before)
  return Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => value !== undefined && !isDeepStrictEqual(value, known[key])),
  ) as ConstructChanges
}

const WHAT_NEW_TEXTS_SAY: Record<string, unknown> = {
  description: null,
  docs: null,
  tags: null,
  auth: null,
  cache: NO_CACHE,
}

/** In the form of changes; what a text leaves out has its meaning. */
function whatItSays(header: ConstructHeader): Record<string, unknown> {
  return {
    name: header.name,
    verb: header.verb,
    description: header.description === '' ? null : header.description,
    docs: header.docs === '' ? null : header.docs,
    tags: nullIfNone(header.tags),
    active: header.active ?? true,
    datasource: dataSourceOf(header),
    auth: header.auth,
    cache: header.cache ?? NO_CACHE,
  }
}

function emptyToNull(text: string | undefined): string | null | undefined {
  return text === '' ? null : text
}

function nullIfNone(tags: string[]): string[] | null {
  return tags.length === 0 ? null : tags
}

function dataSourceOf(header: ConstructHeader): string {
  return header.datasource ?? LIVE_DATA_SOURCE
}

/** What the text has already is not looked up: it changes nothing, and documents may name what is not there yet. */
async function requireDataSource(
  db: Db,
  workspaceId: number,
  label: string,
  before: ConstructHeader | null,
): Promise<void> {
  if (before !== null && label === dataSourceOf(before)) return
  const found = await db
    .selectFrom('data_source')
    .select('label')
    .where('workspace_id', '=', workspaceId)
    .where('label', '=', label)
    .executeTakeFirst()
  if (found === undefined) {
    throw invalidInput('datasource', `This workspace has no data source "${label}". Name one of its data sources.`)
  }
}

/** The table meant by a name, in any case, or an id. A name that the text has already is not looked up either. */
async function tableNamed(
  db: Db,
  workspaceId: number,
  auth: SetAuth,
  before: ConstructHeader | null,
): Promise<string | null> {
  const wanted = idOrName(auth)
  if (wanted === null) return null
  if (typeof wanted === 'string' && before?.auth?.toLowerCase() === wanted.toLowerCase()) return before.auth
  const found = await db
    .selectFrom('table_definition')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where(typeof wanted === 'number' ? sql<boolean>`id = ${wanted}` : sql<boolean>`lower(name) = lower(${wanted})`)
    .executeTakeFirst()
  if (found === undefined) {
    throw invalidInput('auth', `This workspace has no table ${JSON.stringify(wanted)}. Name a table, or send null.`)
  }
  return found.name
}

function idOrName(auth: SetAuth): number | string | null {
  const wanted = typeof auth === 'object' && auth !== null ? (auth.id ?? auth.table_id ?? auth.name ?? null) : auth
  return wanted === '' || wanted === 0 || wanted === 'none' ? null : wanted
}
