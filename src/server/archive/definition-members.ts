import { printApiGroup, printBranch, printWorkspace } from '#xanoscript/settings-document.ts'

import { AppError } from '../errors.ts'
import { BRANCH_NAME, DEFINITION_MAX_BYTES, DEFINITIONS_MAX_BYTES, WORKSPACE_NAME } from './format.ts'
import type { Manifest, ManifestConstruct, ManifestTable } from './manifest.ts'
import { FileNames } from './member-name.ts'
import type { WorkspaceContents } from './snapshot.ts'
import { printDefinition } from './table-text.ts'

export interface PrintedContents {
  /** Names and texts of the members below `definition/`. */
  members: DefinitionMember[]
  tables: Omit<ManifestTable, 'rows'>[]
  apiGroups: Manifest['apiGroups']
  constructs: ManifestConstruct[]
  /** File name of each table, without an ending, by its id. */
  files: Map<number, string>
}

interface DefinitionMember {
  name: string
  text: string
}

/** Everything of a workspace but its rows and files, as XanoScript documents. Throws when it is more than a reader takes. */
export function printContents(contents: WorkspaceContents): PrintedContents {
  const members = [...settingsMembers(contents)]
  const files = new Map<number, string>()
  const fileNames = new FileNames()
  const tableNames = new Map(contents.definitions.map(({ id, name }) => [id, name]))
  const tables = contents.definitions.map((definition) => {
    const { text, settings } = printDefinition(definition, tableNames)
    const file = fileNames.nameFor(definition.name)
    files.set(definition.id, file)
    const name = `definition/table/${file}.xs`
    const docs = definition.docs === '' ? null : `definition/table/${file}.md`
    members.push({ name, text })
    if (docs !== null) members.push({ name: docs, text: definition.docs })
    const apiGroupGuid = definition.apiGroupGuid ?? null
    return { name: definition.name, guid: definition.guid, definition: name, docs, apiGroupGuid, settings }
  })
  const groups = groupMembers(contents)
  const constructs = constructMembers(contents)
  members.push(...groups, ...constructs.flatMap(({ documents }) => documents))
  requireBounds(members)
  return {
    members,
    tables,
    apiGroups: contents.apiGroups.map(({ name, guid, documentation }, at) => {
      return { name, guid, definition: groups[at]?.name ?? '', documentation }
    }),
    constructs: constructs.map(({ listed }) => listed),
    files,
  }
}

/** A construct as the manifest lists it, and its members: the published text and, where there is one, the draft. */
interface PrintedConstruct {
  listed: ManifestConstruct
  documents: DefinitionMember[]
}

/**
 * `definition/function/total.xs`, `definition/query/Shop/orders_GET.xs`, and drafts beside them as `total.draft.xs`: the
 * texts as they are stored.
 */
function constructMembers({ constructs, apiGroups }: WorkspaceContents): PrintedConstruct[] {
  const groups = new Map(apiGroups.map(({ id, name }) => [id, name]))
  const folders = new FileNames()
  const folderOf = new Map(apiGroups.map(({ id, name }) => [id, folders.nameFor(name)]))
  const fileNames = new Map<string, FileNames>()
  return constructs.map(({ kind, name, verb, guid, text, draft, api_group_id: groupId }) => {
    const folder = groupId === null ? kind : `${kind}/${folderOf.get(groupId)}`
    const names = fileNames.get(folder) ?? new FileNames()
    fileNames.set(folder, names)
    const file = `definition/${folder}/${names.nameFor(verb === null ? name : `${name}_${verb}`)}`
    const group = groupId === null ? null : (groups.get(groupId) ?? null)
    const documents = [{ name: `${file}.xs`, text }]
    // No name of a file has a dot, so that a draft's name is no other construct's.
    if (draft !== null) documents.push({ name: `${file}.draft.xs`, text: draft })
    const listed = { kind, name, verb, group, guid, definition: `${file}.xs`, draft: documents[1]?.name ?? null }
    return { listed, documents }
  })
}

function settingsMembers({ workspace, branch }: WorkspaceContents): DefinitionMember[] {
  const { label, description, color, guid } = branch
  return [
    {
      name: WORKSPACE_NAME,
      text: printWorkspace({ name: workspace.name, description: workspace.description, guid: workspace.guid }),
    },
    { name: BRANCH_NAME, text: printBranch({ name: label, description, color, guid }) },
  ]
}

function groupMembers({ apiGroups }: WorkspaceContents): DefinitionMember[] {
  const fileNames = new FileNames()
  return apiGroups.map(({ name, canonical, description, docs, swagger, tag, guid, settings }) => {
    const { active = null, ...values } = settings
    return {
      name: `definition/api_group/${fileNames.nameFor(name)}.xs`,
      text: printApiGroup({ ...values, name, canonical, description, docs, active, swagger, tags: tag, guid }),
    }
  })
}

function requireBounds(members: readonly DefinitionMember[]): void {
  const sizes = members.map(({ text }) => Buffer.byteLength(text))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= DEFINITIONS_MAX_BYTES && sizes.every((size) => size <= DEFINITION_MAX_BYTES)) return
  throw new AppError(
    'too_large',
    'The definitions of this workspace are too large for an archive. Shorten its documentation texts or constructs.',
  )
}
