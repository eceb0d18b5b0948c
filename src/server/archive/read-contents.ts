import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { XanoScriptError } from '#xanoscript/position.ts'
import { type ApiGroupDocument, parseApiGroup, parseBranch, parseWorkspace } from '#xanoscript/settings-document.ts'

import { AppError } from '../errors.ts'
import { checkDefinition } from '../tables/validate-definition.ts'
import { badArchive } from './archive-error.ts'
import { BRANCH_NAME, WORKSPACE_NAME } from './format.ts'
import type { Manifest } from './manifest.ts'
import { type ReadDefinition, readDefinition } from './table-text.ts'

/** The definitions of an archive, read and checked as if they came through the API. */
export interface ReadContents {
  workspace: { description: string }
  branch: { description: string; color: string }
  /** In the order of the manifest. `tableref_id` is a place in this list, counted from 1. */
  definitions: ReadDefinition[]
  apiGroups: ReadApiGroup[]
}

export type ReadApiGroup = Pick<ApiGroupDocument, 'name' | 'tags'> & {
  canonical: string
  description: string
  docs: string
  swagger: boolean
  guid: string
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
  }
}

function readTables(manifest: Manifest, texts: ReadonlyMap<string, string>): ReadDefinition[] {
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
    return definition
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
  return manifest.apiGroups.map(({ name, definition }) => {
    const document = readDocument(definition, texts, parseApiGroup)
    const isUsable = document.name === name && DisplayName.safeParse(name).data === name
    if (!isUsable || names.has(name.toLowerCase())) {
      throw badArchive(
        'bad_manifest',
        `The API group in "${definition}" has a name that is not usable or is there twice.`,
      )
    }
    names.add(name.toLowerCase())
    return {
      name,
      tags: document.tags,
      canonical: canonicalOf(document.canonical, definition),
      description: limited(document.description, DESCRIPTION_MAX, definition),
      docs: limited(document.docs, DOCS_MAX, definition),
      swagger: document.swagger ?? true,
      guid: limited(document.guid, 200, definition),
    }
  })
}

/** It becomes part of addresses. */
function canonicalOf(canonical: string | null, member: string): string {
  if (canonical !== null && /^[A-Za-z0-9_-]{1,100}$/.test(canonical)) return canonical
  throw badArchive('bad_definition', `The API group in "${member}" has no usable canonical.`)
}

function limited(text: string | null, max: number, member: string): string {
  if (text === null || text.length <= max) return text ?? ''
  throw badArchive('bad_definition', `A text in "${member}" is longer than ${max} characters.`)
}

function readDocument<T>(member: string, texts: ReadonlyMap<string, string>, read: (text: string) => T): T {
  const text = texts.get(member)
  if (text === undefined) throw badArchive('missing_member', `The archive lacks the definition "${member}".`)
  let value: T
  try {
    value = read(text)
  } catch (error) {
    throw badDefinition(member, error)
  }
  if (isStorable(value)) return value
  throw badArchive('bad_definition', `A text in "${member}" holds the character NUL or half of a surrogate pair.`)
}

/** PostgreSQL keeps any text but these. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}

function badDefinition(member: string, error: unknown): unknown {
  if (error instanceof AppError && error.code === 'bad_archive') return error
  const isOurs = error instanceof AppError || error instanceof XanoScriptError
  if (!isOurs && !(error instanceof z.ZodError)) return error
  const reason = isOurs ? error.message : z.prettifyError(error)
  return badArchive('bad_definition', `The definition "${member}" in the archive is not usable: ${reason}`, error)
}
