import type { Restore } from '#api/contract/restores.ts'
import type { StatusTone } from '#console/data/run-words.ts'

export interface RestoreState {
  words: string
  tone: StatusTone
  canUndo: boolean
}

const WORDS: Record<Restore['status'], { words: string; tone: StatusTone }> = {
  queued: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Running', tone: 'info' },
  succeeded: { words: 'Restored', tone: 'success' },
  failed: { words: 'Failed', tone: 'danger' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
}

/** Where a restore that was made from a backup stands, and whether it can be taken back. */
export function restoreState({
  status,
  undoneBy,
  undoRefusal,
  undoOf,
}: Pick<Restore, 'status' | 'undoneBy' | 'undoRefusal' | 'undoOf'>): RestoreState {
  if (undoneBy !== null) return { words: 'Undone', tone: 'neutral', canUndo: false }
  const { words, tone } = WORDS[status]
  return {
    words: undoOf !== null && status === 'succeeded' ? 'Undo, done' : words,
    tone,
    canUndo: status === 'succeeded' && undoRefusal === null,
  }
}
