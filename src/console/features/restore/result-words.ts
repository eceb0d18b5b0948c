import type { Restore } from '#api/contract/restores.ts'
import { formatCount, formatDuration } from '#console/lib/format.ts'

import { tookMs } from './restore-words.ts'
import { listWords } from './scope-words.ts'

type Done = Pick<
  Restore,
  | 'undoOf'
  | 'undoneBy'
  | 'intoNew'
  | 'newBranch'
  | 'workspaceName'
  | 'tables'
  | 'tablesDone'
  | 'rows'
  | 'startedAt'
  | 'finishedAt'
>

/** What is there now: `Workspace Shop is restored`, `Restore 4 is undone`. */
export function doneTitle({ undoOf, undoneBy, intoNew, newBranch, workspaceName, tables }: Done): string {
  if (undoneBy !== null) return undoOf === null ? 'This restore was undone' : 'This undo was undone'
  if (undoOf !== null) return `Restore ${undoOf} is undone`
  if (newBranch !== null) return `Branch ${newBranch} of ${workspaceName} is there`
  if (intoNew) return `Workspace ${workspaceName} is there`
  if (tables === null) return `Workspace ${workspaceName} is restored`
  return `${listWords(tables)} in ${workspaceName} ${tables.length === 1 ? 'is' : 'are'} restored`
}

/** `1 table and 12,430 rows in 4.2 s.` */
export function doneWords(restore: Done): string {
  const ms = tookMs(restore)
  const time = ms === null ? '' : ` in ${formatDuration(ms)}`
  if (restore.undoneBy !== null) return `It took effect${time} and was taken back by restore ${restore.undoneBy}.`
  if (restore.undoOf !== null) return `${undone(restore)}${time}.`
  if (restore.newBranch !== null) return `API groups and constructs restored${time}.`
  return `${formatCount(restore.tablesDone, 'table')} and ${formatCount(restore.rows, 'row')} restored${time}.`
}

function undone({ intoNew, newBranch, workspaceName, tables }: Done): string {
  if (intoNew) return `Workspace ${workspaceName} was backed up and deleted`
  if (newBranch !== null) return `Branch ${newBranch} of ${workspaceName} was backed up and deleted`
  const what = tables === null ? workspaceName : `${listWords(tables)} in ${workspaceName}`
  return `${what} ${tables !== null && tables.length > 1 ? 'are' : 'is'} as before that restore`
}
