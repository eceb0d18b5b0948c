import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { CreateRestore, PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatCount } from '#console/lib/format.ts'

import type { Target } from './restore-search.ts'

const namesOf = (tables: readonly PreviewTable[], effect: PreviewTable['effect']): string[] =>
  tables.filter((table) => table.effect === effect).map(({ name }) => name)

const tableWords = (names: readonly string[]): string =>
  names.length === 1 ? `table ${names[0]}` : formatCount(names.length, 'table')

/** The button's words: the effect and the target. */
export function effectLabel(target: Target, targetName: string, { tables }: Pick<RestorePreview, 'tables'>): string {
  if (target.kind === 'new') return `Create workspace ${targetName}`
  if (target.kind === 'branch') return `Create branch ${target.label} in ${targetName}`
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
