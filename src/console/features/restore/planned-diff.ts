import type { ArchiveDiff, DefinitionDiff } from '#api/contract/diffs.ts'
import type { RestorePreview } from '#api/contract/restores.ts'

import { logicNames } from './part-words.ts'
import { constructKey, NO_PARTS, type Parts } from './parts.ts'
import { mergedTable } from './rows-words.ts'

/** What the answers of the server are put together from; `effect` is narrowed to the chosen parts. */
export interface PlanSources {
  parts: Parts | undefined
  effect: RestorePreview
  /** Tables of the choice, or everything; absent where no row is compared. */
  diff: ArchiveDiff | undefined
  /** Everything, of which the texts of chosen API groups and constructs are taken; absent while it is not there. */
  texts: ArchiveDiff | undefined
}

const NO_FILES = { added: 0, changed: 0, removed: 0, same: 0, samples: [] }

/**
 * What the restore will do, as the previews show it: of a comparison only what is chosen, and with the rows' mode applied.
 * Undefined while rows are still compared.
 */
export function plannedDiff({ parts, effect, diff, texts }: PlanSources): ArchiveDiff | undefined {
  if (parts === undefined) return diff
  if (parts.tables.length > 0 && diff === undefined) return undefined
  const tables = (diff?.tables ?? []).map((table) => mergedTable(table, parts))
  const definitions = texts === undefined ? uncompared(effect) : texts.definitions.filter(isChosen(parts))
  const isSame = tables.every((table) => table.effect === null) && definitions.length === 0
  return {
    ...bareDiff(effect),
    same: isSame && parts.files.length === 0,
    tables,
    definitions,
    draftsNow: definitions.filter(losesDraft).length,
  }
}

/** Chosen files have their own lines: how many there are is known without a comparison. */
function bareDiff({ summary, target }: RestorePreview) {
  return { summary, workspace: target ?? { id: 0, name: '' }, files: NO_FILES, ms: 0 }
}

/** Chosen groups and constructs as the preview knows them, before their texts are compared. */
function uncompared({ choices }: RestorePreview): DefinitionDiff[] {
  const groups = choices.apiGroups.map(({ name, effect }) => ({ kind: 'api_group', name, effect }))
  const list = [...groups, ...choices.constructs]
  return list.map(({ kind, name, effect }) => {
    return { kind, name, effect: effect === 'added' ? 'added' : 'changed', patch: null }
  })
}

function isChosen({ apiGroups, constructs }: Parts): (definition: DefinitionDiff) => boolean {
  const groups = new Set(apiGroups)
  const keys = new Set(constructs.map(constructKey))
  return (definition) => {
    if (definition.kind === 'api_group') return groups.has(definition.name)
    if (keys.has(constructKey(definition))) return true
    // An endpoint is named `GET orders in Public`.
    return definition.kind === 'query' && apiGroups.some((group) => definition.name.endsWith(` in ${group}`))
  }
}

/**
 * API groups that are replaced and whose endpoints are not compared yet: of those that only the workspace has nobody can
 * say that they stay, because they do not.
 */
export function unknownLosses({ effect, texts }: Pick<PlanSources, 'effect' | 'texts'>): string[] {
  return texts === undefined ? effect.apiGroups.replaced : []
}

/** Chosen groups and constructs that are as in the backup already: `API group Public`. */
export function sameLogic(parts: Parts, { definitions }: Pick<ArchiveDiff, 'definitions'>): string[] {
  const isSame = (one: Partial<Parts>): boolean => !definitions.some(isChosen({ ...NO_PARTS, ...one }))
  return logicNames({
    apiGroups: parts.apiGroups.filter((name) => isSame({ apiGroups: [name] })),
    constructs: parts.constructs.filter((one) => isSame({ constructs: [one] })),
  })
}

/** A draft of the workspace that is replaced has its own part of the patch, told by its head. */
function losesDraft({ patch, effect }: DefinitionDiff): boolean {
  return effect !== 'removed' && patch !== null && /^--- workspace\/.* \(draft\)/m.test(patch)
}
