import { ContentName } from '#api/contract/names.ts'
import { type ApiGroupDocument, parseApiGroup, parseBranch, parseWorkspace } from '#xanoscript/settings-document.ts'

import { groupSettings } from '../db/group-settings.ts'
import type { ApiGroupSettings } from '../db/tables.ts'
import { checkDefinition } from '../tables/validate-definition.ts'
import { badArchive } from './archive-error.ts'
import { BRANCH_NAME, WORKSPACE_NAME } from './format.ts'
import type { Manifest } from './manifest.ts'
import { type ReadConstruct, readConstructs } from './read-constructs.ts'
import { badDefinition, limited, readDocument } from './read-document.ts'
import { type ReadDefinition, readDefinition } from './table-text.ts'

/** The definitions of an archive, read and checked as if they came through the API. */
export interface ReadContents {
  workspace: { description: string }
  branch: { description: string; color: string }
  /** In the order of the manifest. `tableref_id` is a place in this list, counted from 1. */
  definitions: (ReadDefinition & { apiGroupGuid: string | null })[]
  apiGroups: ReadApiGroup[]
  constructs: ReadConstruct[]
}

export type ReadApiGroup = Pick<ApiGroupDocument, 'name' | 'tags'> & {
  canonical: string
  description: string
  docs: string
  swagger: boolean
  guid: string
  documentation: { require_token: boolean }
  settings: ApiGroupSettings
}

const DESCRIPTION_MAX = 10_000
const DOCS_MAX = 1_000_000

/** Reads every definition. Throws `bad_archive` naming the document and the place in it. */
export function readContents(manifest: Manifest, texts: ReadonlyMap<string, string>): ReadContents {
  const workspace = readDocument(WORKSPACE_NAME, texts, parseWorkspace)
  const branch = readDocument(BRANCH_NAME, texts, parseBranch)
  if (workspace.name !== manifest.workspace.name || branch.name !== manifest.branch.label) {
    throw badArchive(
      'bad_manifest',
      'The table of contents of the archive names another workspace or branch than its documents.',
    )
  }
  return {
    workspace: { description: limited(workspace.description, DESCRIPTION_MAX, WORKSPACE_NAME) },
    branch: {
      description: limited(branch.description, DESCRIPTION_MAX, BRANCH_NAME),
      color: limited(branch.color, 50, BRANCH_NAME),
    },
    definitions: readTables(manifest, texts),
    apiGroups: readApiGroups(manifest, texts),
    constructs: readConstructs(manifest, texts),
  }
}

function readTables(manifest: Manifest, texts: ReadonlyMap<string, string>): ReadContents['definitions'] {
  const places = new Map(manifest.tables.map(({ name }, at) => [name.toLowerCase(), at + 1]))
  if (places.size < manifest.tables.length) {
    throw badArchive('bad_manifest', 'The table of contents of the archive names a table twice.')
  }
  const definitions = manifest.tables.map((table) => {
    const docs = table.docs === null ? '' : readDocument(table.docs, texts, String)
    const definition = readDocument(table.definition, texts, (text) =>
      readDefinition(text, docs, table.settings, places),
    )
    if (definition.name !== table.name || definition.guid !== table.guid) {
      throw badArchive(
        'bad_manifest',
        `The table of contents of the archive names another table than "${table.definition}".`,
      )
    }
    return { ...definition, apiGroupGuid: table.apiGroupGuid ?? null }
  })
  const known = definitions.map((definition, at) => ({ ...definition, id: at + 1 }))
  for (const [at, definition] of known.entries()) {
    try {
      checkDefinition(definition, known)
    } catch (error) {
      throw badDefinition(manifest.tables[at]?.definition ?? '', error)
    }
  }
  return definitions
}

function readApiGroups(manifest: Manifest, texts: ReadonlyMap<string, string>): ReadApiGroup[] {
  const names = new Set<string>()
  const guids = new Set<string>()
  return manifest.apiGroups.map(({ name, definition, documentation }) => {
    const document = readDocument(definition, texts, parseApiGroup)
    const isUsable = document.name === name && ContentName.safeParse(name).data === name
    if (!isUsable || names.has(name.toLowerCase())) {
      throw badArchive(
        'bad_manifest',
        `The API group in "${definition}" has a name that is not usable or is there twice.`,
      )
    }
    names.add(name.toLowerCase())
    const guid = limited(document.guid, 200, definition)
    if (guid !== '' && guids.has(guid)) {
      throw badArchive('bad_manifest', `The API group in "${definition}" has the guid of another one.`)
    }
    guids.add(guid)
    return {
      name,
      tags: document.tags,
      canonical: canonicalOf(document.canonical, definition),
      description: limited(document.description, DESCRIPTION_MAX, definition),
      docs: limited(document.docs, DOCS_MAX, definition),
      swagger: document.swagger ?? true,
      guid,
      documentation: documentation ?? { require_token: false },
      settings: groupSettings(document),
    }
  })
}

/** It becomes part of addresses. */
function canonicalOf(canonical: string | null, member: string): string {
  if (canonical !== null && /^[A-Za-z0-9_-]{1,100}$/.test(canonical)) return canonical
  throw badArchive('bad_definition', `The API group in "${member}" has no usable canonical.`)
}
