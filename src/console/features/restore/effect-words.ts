import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { CreateRestore, PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatCount } from '#console/lib/format.ts'

import { filesWords, logicCounts, logicNames, partCounts } from './part-words.ts'
import type { Parts } from './parts.ts'
import { listWords } from './scope-words.ts'
import type { Target } from './target.ts'

/** Characters beside the target's name. */
const BUTTON_MAX = 80

const namesOf = (tables: readonly PreviewTable[], effect: PreviewTable['effect']): string[] =>
  tables.filter((table) => table.effect === effect).map(({ name }) => name)

const tableWords = (names: readonly string[]): string =>
  names.length === 1 ? `table ${names[0]}` : formatCount(names.length, 'table')

/** What a restore does where, as the button says it. */
export interface EffectQuestion {
  target: Target
  targetName: string
  /** Narrowed to the chosen parts. */
  effect: RestorePreview
  /** Undefined = everything. */
  parts: Parts | undefined
}

/** The button's words: the effect and the target. */
export function effectLabel({ target, targetName, effect, parts }: EffectQuestion): string {
  if (target.kind === 'new') return `Create workspace ${targetName}`
  if (target.kind === 'branch') return `Create branch ${target.label} in ${targetName}`
  if (parts !== undefined) return partsLabel(parts, effect, targetName)
  const { tables } = effect
  const replaced = namesOf(tables, 'replaced')
  const removed = namesOf(tables, 'removed')
  const added = namesOf(tables, 'added')
  if (replaced.length > 0 && removed.length > 0)
    return `Overwrite ${tableWords(replaced)} and remove ${tableWords(removed)} in ${targetName}`
  if (replaced.length > 0) return `Overwrite ${tableWords(replaced)} in ${targetName}`
  if (removed.length > 0) return `Remove ${tableWords(removed)} from ${targetName}`
  if (added.length > 0) return `Add ${tableWords(added)} to ${targetName}`
  return `Replace the definitions of ${targetName}`
}

/** The button's words; where they would be a paragraph, what is restored is counted. The sentence above says it all. */
export function effectButton(question: EffectQuestion): string {
  const { target, targetName, parts } = question
  const label = effectLabel(question)
  const isLong = target.kind === 'existing' && parts !== undefined && label.length - targetName.length > BUTTON_MAX
  return isLong ? `Restore ${partCounts(parts)} in ${targetName}` : label
}

/** `Overwrite table orders and replace API group Public in Shop`. */
function partsLabel(parts: Parts, { tables, choices }: RestorePreview, targetName: string): string {
  const [replaced, added] = [namesOf(tables, 'replaced'), namesOf(tables, 'added')]
  const [newLogic, oldLogic] = (['added', 'replaced'] as const).map((effect) => logicOf(choices, effect))
  const files = parts.files.length === 0 ? '' : `put back ${filesWords(parts.files)}`
  const adds = [added.length === 0 ? '' : tableWords(added), newLogic ?? ''].filter(Boolean)
  const does = [
    replaced.length === 0 ? '' : rowsLabel(parts, replaced),
    oldLogic === undefined || oldLogic === '' ? '' : `replace ${oldLogic}`,
    files,
  ].filter(Boolean)
  const all = [...does, ...(adds.length === 0 ? [] : [`add ${listWords(adds)}`])]
  const words = `${listWords(all)} ${does.length === 0 ? 'to' : 'in'} ${targetName}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function rowsLabel(parts: Parts, replaced: readonly string[]): string {
  if (parts.rows === 'replace') return `overwrite ${tableWords(replaced)}`
  const [only] = replaced
  const ids = replaced.length === 1 && only !== undefined ? parts.rowIds[only] : undefined
  if (ids !== undefined) return `put back ${formatCount(ids.length, 'row')} of table ${only}`
  const some = Object.keys(parts.rowIds).length > 0
  const which = some ? 'chosen' : parts.rows === 'missing' ? 'missing' : 'missing and changed'
  return `put back ${which} rows of ${tableWords(replaced)}`
}

/** Two are named, more are counted. */
function logicOf({ apiGroups, constructs }: RestorePreview['choices'], effect: 'added' | 'replaced'): string {
  const some = {
    apiGroups: apiGroups.filter((one) => one.effect === effect).map(({ name }) => name),
    constructs: constructs.filter((one) => one.effect === effect),
  }
  const names = logicNames(some)
  return listWords(names.length > 2 ? logicCounts(some) : names)
}

/** True where something that is there is overwritten or goes: where only what is missing comes back, nothing does. */
export function isDestructive(parts: Parts | undefined): boolean {
  if (parts === undefined || parts.rows === 'missing_and_changed') return true
  const { tables, apiGroups, constructs, files, rows } = parts
  return (rows === 'replace' && tables.length > 0) || apiGroups.length + constructs.length + files.length > 0
}

/** `3 tables, 12,430 rows, 1 API group, 5 constructs and no stored files`: what the archive holds. */
export function archiveWords({ tables, rows, apiGroups, constructs, includesFiles, files }: ArchiveSummary): string {
  const parts = [
    formatCount(new Set(tables.map(({ name }) => name)).size, 'table'),
    formatCount(rows, 'row'),
    formatCount(apiGroups, 'API group'),
    constructs === null ? 'no constructs' : formatCount(constructs, 'construct'),
  ]
  return `${parts.join(', ')} and ${includesFiles ? formatCount(files, 'stored file') : 'no stored files'}`
}

/** Where a restore goes, as it is asked for; `confirm` is what was typed. */
export function intoOf(target: Target, confirm: string): CreateRestore['into'] {
  if (target.kind === 'new') return { newWorkspace: target.name }
  const { workspaceId } = target
  return target.kind === 'branch' ? { workspaceId, newBranch: target.label } : { workspaceId, confirm }
}
