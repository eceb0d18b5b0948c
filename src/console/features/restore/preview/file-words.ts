import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import type { TakenFiles } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

/** `3 files come: 2 are new, 1 takes the place of the one that is there. No file is deleted.` */
export function fileEffect({ files, filesTotal }: Pick<ScopeChoices, 'files' | 'filesTotal'>): string {
  const come = `${formatCount(filesTotal, 'file')} ${filesTotal === 1 ? 'comes' : 'come'}`
  if (files.length < filesTotal) return `${come}. One of the same path is replaced; no other file is touched.`
  const added = files.filter(({ effect }) => effect === 'added').length
  const replaced = files.length - added
  const parts = [
    ...(added > 0 ? [`${formatNumber(added)} ${added === 1 ? 'is' : 'are'} new`] : []),
    ...(replaced > 0 ? [replacedWords(replaced)] : []),
  ]
  return `${come}: ${parts.join(', ')}. No file is deleted.`
}

/** `2 stored files get a new address: theirs is taken by another workspace.` Empty where none does. */
export function takenFileWords({ count }: Pick<TakenFiles, 'count'>): string {
  if (count === 0) return ''
  return `${formatCount(count, 'stored file')} ${count === 1 ? 'gets' : 'get'} a new address: theirs is taken by another workspace.`
}

function replacedWords(count: number): string {
  return count === 1
    ? '1 takes the place of the one that is there'
    : `${formatNumber(count)} take the place of those that are there`
}
