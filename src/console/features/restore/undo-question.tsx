import { useQuery } from '@tanstack/react-query'

import type { Restore } from '#api/contract/restores.ts'
import { backups } from '#console/data/backups.ts'
import { restores } from '#console/data/restores.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { COUNTED_MAX_BYTES, overwrites, type SinceQuestion, sinceQuestion, sinceWords } from './undo-since.ts'
import { undoWords } from './undo-words.ts'

/** What an undo takes away or brings back, and how much was written since. */
export function UndoQuestion({ restore }: { restore: Restore }) {
  const { effect, loss } = undoWords(restore)
  const question = sinceQuestion(restore)
  return (
    <>
      <p className="font-medium wrap-anywhere text-foreground">{effect}</p>
      <p>{loss}</p>
      {overwrites(restore) && (question === undefined ? <p>{UNKNOWN}</p> : <Since question={question} />)}
      {restore.finishedAt !== null && (
        <p>
          Restored <RelativeTime at={restore.finishedAt} />.
        </p>
      )}
    </>
  )
}

const UNKNOWN = 'How many rows were written since is not known.'

/** Nobody has to wait for it: who knows what they do goes on. */
function Since({ question: { backupId, ...question } }: { question: SinceQuestion }) {
  const backup = useQuery(backups.detail(backupId))
  const isReadable = backup.data !== undefined && isCountable(backup.data)
  const diff = useQuery({
    ...restores.diff({ backupId, ...question, password: '', samples: 0 }),
    enabled: isReadable,
  })
  const isWaiting = backup.isPending || (isReadable && diff.isPending)
  const words = diff.data && sinceWords(diff.data)
  return (
    <p aria-live="polite" className={words === undefined ? undefined : 'font-medium text-foreground tabular-nums'}>
      {isWaiting ? 'Counting the rows that were written since…' : (words ?? UNKNOWN)}
    </p>
  )
}

/** Opened without a question, and small enough to be read for a number alone. */
function isCountable({
  encrypted,
  knowsPassword,
  bytes,
}: {
  encrypted: boolean
  knowsPassword: boolean
  bytes: number
}) {
  return (!encrypted || knowsPassword) && bytes <= COUNTED_MAX_BYTES
}
