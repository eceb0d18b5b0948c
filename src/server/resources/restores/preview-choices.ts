import { sql } from 'kysely'

import type { ConstructName, ScopeChoices } from '#api/contract/restore-scope.ts'

import { findReferences } from '../../archive/find-references.ts'
import type { Manifest, ManifestFile } from '../../archive/manifest.ts'
import type { ReadConstruct } from '../../archive/read-constructs.ts'
import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { listTableNames } from '../../tables/definition-store.ts'
import type { ReadArchive } from './check-scope.ts'
import { LogicIndex } from './match-logic.ts'

/** More files than anybody reads through. */
const FILES_LISTED = 1_000

/** What the target has of what an archive can bring; tables by their names in lower case. */
interface Present {
  groups: LogicIndex
  /** Those outside groups. */
  constructs: LogicIndex
  tables: ReadonlySet<string>
}

const NOTHING: Present = { groups: new LogicIndex([]), constructs: new LogicIndex([]), tables: new Set() }

/** What can be chosen beside tables, and what it does to the live branch of the target; null = a new workspace. */
export async function previewChoices(
  db: Db,
  { manifest, contents }: ReadArchive,
  targetId: number | null,
): Promise<ScopeChoices> {
  const present = targetId === null ? NOTHING : await readPresent(db, targetId)
  const outside = contents.constructs.filter(({ group }) => group === null)
  return {
    apiGroups: contents.apiGroups.map((group) => ({
      name: group.name,
      endpoints: contents.constructs.filter((construct) => construct.group === group.name).length,
      ...present.groups.effectOf({ name: group.name, guid: group.guid }),
    })),
    constructs: outside.map((construct) => ({
      kind: construct.kind,
      name: construct.name,
      ...present.constructs.effectOf(construct),
    })),
    files: await listFiles(db, manifest, targetId),
    filesTotal: manifest.files.length,
    needs: needsOf({ manifest, contents }, present),
  }
}

const nameKey = ({ name }: { name: string }): string => `name ${name.toLowerCase()}`

async function readPresent(db: Db, workspaceId: number): Promise<Present> {
  const { id: branchId } = await readBranch(db, workspaceId, '')
  const groups = await db.selectFrom('api_group').select(['guid', 'name']).where('branch_id', '=', branchId).execute()
  const constructs = await db
    .selectFrom('construct')
    .select(['kind', 'guid', 'name'])
    .where('branch_id', '=', branchId)
    .where('api_group_id', 'is', null)
    .execute()
  const tables = await listTableNames(db, workspaceId)
  return {
    groups: new LogicIndex(groups),
    constructs: new LogicIndex(constructs),
    tables: new Set([...tables.values()].map((name) => name.toLowerCase())),
  }
}

async function listFiles(
  db: Db,
  { files, members }: Manifest,
  workspaceId: number | null,
): Promise<ScopeChoices['files']> {
  const listed = files.toSorted(byPath).slice(0, FILES_LISTED)
  const paths = listed.map(({ path }) => path)
  const known =
    workspaceId === null
      ? []
      : await db
          .selectFrom('file')
          .select('path')
          .where('workspace_id', '=', workspaceId)
          .where(sql<boolean>`path = any(${paths}::text[])`)
          .execute()
  const now = new Set(known.map(({ path }) => path))
  const wanted = new Set(listed.map(({ member }) => member))
  const sizes = new Map(members.filter(({ name }) => wanted.has(name)).map(({ name, size }) => [name, size]))
  return listed.map(({ path, name, member }) => {
    return { path, name, size: sizes.get(member) ?? 0, effect: now.has(path) ? 'replaced' : 'added' }
  })
}

function byPath(a: ManifestFile, b: ManifestFile): number {
  return a.path < b.path ? -1 : 1
}

/** What each group and each construct names that the archive has and the target lacks. */
function needsOf({ contents }: ReadArchive, present: Present): ScopeChoices['needs'] {
  const { definitions, constructs, apiGroups } = contents
  const tables = new Map(definitions.map(({ name }) => [name.toLowerCase(), name]))
  const outside = new Map(
    constructs.filter(({ group }) => group === null).map((one) => [`${one.kind} ${nameKey(one)}`, one]),
  )
  const lacking = (kind: string, name: string): ConstructName[] => {
    if (kind === 'table') {
      const table = tables.get(name.toLowerCase())
      return table === undefined || present.tables.has(name.toLowerCase()) ? [] : [{ kind, name: table }]
    }
    const other = outside.get(`${kind} ${nameKey({ name })}`)
    return other === undefined || present.constructs.has(other) ? [] : [{ kind, name: other.name }]
  }
  const namedIn = (texts: readonly ReadConstruct[]): ConstructName[] => {
    const found = texts.flatMap(({ text }) => findReferences(text)).flatMap(({ kind, name }) => lacking(kind, name))
    return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
  }
  const ofGroups = apiGroups.map(({ name }) => {
    return { kind: 'api_group', name, needs: namedIn(constructs.filter(({ group }) => group === name)) }
  })
  const ofOthers = [...outside.values()].map((one) => {
    const needs = namedIn([one]).filter(({ kind, name }) => kind !== one.kind || name !== one.name)
    return { kind: one.kind, name: one.name, needs }
  })
  return [...ofGroups, ...ofOthers].filter(({ needs }) => needs.length > 0)
}
