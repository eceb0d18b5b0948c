import { isUnderWay, type RestoreRow } from './store.ts'

/** What of a restore decides whether one can be undone. */
export type RestoreFacts = Pick<
  RestoreRow,
  'id' | 'workspace_id' | 'into_new' | 'new_branch' | 'status' | 'scope' | 'safety_backup_id' | 'undo_of'
>

export interface UndoState {
  /** The restore that took it back, or is about to. */
  undoneBy: number | null
  /** Why it cannot be undone; null = it can. */
  refusal: string | null
}

/** Facts about one restore and the others that matter to it. */
export interface UndoQuestion {
  restore: RestoreFacts
  /** Restores of the same workspace, and those that undo one of them; this one may be among them. */
  related: readonly RestoreFacts[]
  /** Status of its safety backup; null where there is none. */
  safetyStatus: string | null
}

/**
 * Whether a restore can be undone. An undo that was undone itself counts for nothing: the restore is in effect again. A
 * later restore of any of the same stands in the way until it is undone, because an undo would take it back as well.
 */
export function undoState({ restore, related, safetyStatus }: UndoQuestion): UndoState {
  const undoing = related.filter((other) => other.undo_of === restore.id && isInEffect(other, related))
  const undoneBy = undoing.at(-1)
  if (undoneBy !== undefined) {
    const refusal = isUnderWay(undoneBy)
      ? `Restore ${undoneBy.id} is taking it back at the moment.`
      : `Restore ${undoneBy.id} took it back already.`
    return { undoneBy: undoneBy.id, refusal }
  }
  return { undoneBy: null, refusal: refusalOf(restore, related, safetyStatus) }
}

function refusalOf(
  restore: RestoreFacts,
  related: readonly RestoreFacts[],
  safetyStatus: string | null,
): string | null {
  return ownRefusal(restore, safetyStatus) ?? laterRefusal(restore, related)
}

/** What the restore itself stands for. */
function ownRefusal(restore: RestoreFacts, safetyStatus: string | null): string | null {
  const isMade = restore.into_new || restore.new_branch !== null
  if (isUnderWay(restore)) return 'It is not done yet.'
  if (restore.status !== 'succeeded') return 'It changed nothing: there is nothing to undo.'
  if (restore.undo_of !== null && isMade) return 'What it deleted is in its safety backup: restore that.'
  if (restore.workspace_id === null) return 'The workspace was deleted.'
  // What was made is deleted, whatever was there before.
  if (isMade) return null
  if (safetyStatus === null) return 'The safety backup of what was there before was deleted.'
  if (safetyStatus === 'failed') return 'The safety backup of what was there before turned out to be damaged.'
  return null
}

/** What was restored since. A branch is deleted whatever happened to the workspace. */
function laterRefusal(restore: RestoreFacts, related: readonly RestoreFacts[]): string | null {
  if (restore.new_branch !== null) return null
  const later = related.find((other) => standsInTheWay(other, restore, related))
  if (later === undefined) return null
  return isUnderWay(later)
    ? `Restore ${later.id} of the same workspace is under way. Wait until it is done.`
    : `Restore ${later.id} of ${sameOf(later)} came later. Undo that first.`
}

function standsInTheWay(other: RestoreFacts, restore: RestoreFacts, related: readonly RestoreFacts[]): boolean {
  if (other.id <= restore.id || other.workspace_id !== restore.workspace_id) return false
  // An undo and the restore that it undoes cancel each other.
  if (other.undo_of !== null || other.new_branch !== null) return isUnderWay(other)
  return isInEffect(other, related) && overlaps(other.scope, restore.scope)
}

/** True where it is done or being done, and nothing took it back. */
function isInEffect(restore: RestoreFacts, related: readonly RestoreFacts[]): boolean {
  if (restore.status !== 'succeeded' && !isUnderWay(restore)) return false
  return !related.some(
    (other) => other.undo_of === restore.id && other.status === 'succeeded' && isInEffect(other, related),
  )
}

type Scope = RestoreFacts['scope']

function sameOf({ scope }: RestoreFacts): string {
  if (scope === null) return 'the same workspace'
  const isTables = scope.apiGroups === undefined && scope.constructs === undefined && scope.files === undefined
  return isTables ? 'the same tables' : 'a part of the same'
}

/** True where two restores change the same; constructs and groups by their names, which is what was chosen. */
function overlaps(some: Scope, others: Scope): boolean {
  if (some === null || others === null) return true
  const [these, those] = [namesOf(some), namesOf(others)]
  if (some.files !== undefined && others.files !== undefined && [some.files, others.files].includes('all')) return true
  return [...those].some((name) => these.has(name))
}

function namesOf({ tables = [], apiGroups = [], constructs = [], files = [] }: NonNullable<Scope>): Set<string> {
  return new Set([
    ...tables.map((name) => `table ${name.toLowerCase()}`),
    ...apiGroups.map((name) => `group ${name.toLowerCase()}`),
    ...constructs.map(({ kind, name }) => `construct ${kind} ${name.toLowerCase()}`),
    ...(files === 'all' ? [] : files.map((path) => `file ${path}`)),
  ])
}
