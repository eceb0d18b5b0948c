import { Check, Circle, CircleDot } from 'lucide-react'

import type { Restore } from '#api/contract/restores.ts'
import { cx } from '#console/lib/cx.ts'
import { formatDuration } from '#console/lib/format.ts'

import { stageLines, type StageLine } from '../restore-words.ts'

const MARKS = {
  done: { Icon: Check, ink: 'text-success', words: 'done' },
  current: { Icon: CircleDot, ink: 'text-accent', words: 'under way' },
  upcoming: { Icon: Circle, ink: 'text-muted', words: 'to come' },
}

/** The stages of a restore with the time that each took. */
export function RestoreStages({ restore, now }: { restore: Restore; now: Date }) {
  const lines = stageLines(restore, now)
  if (lines.length === 0) return null
  return (
    <ol aria-label="Stages" className="flex max-w-md flex-col gap-1 text-sm">
      {lines.map((line) => (
        <StageRow key={line.stage} line={line} />
      ))}
    </ol>
  )
}

function StageRow({ line: { label, state, ms } }: { line: StageLine }) {
  const { Icon, ink, words } = MARKS[state]
  return (
    <li className="flex items-center gap-2">
      <Icon aria-hidden className={cx('size-4 shrink-0 stroke-[1.5]', ink)} />
      <span className={cx('flex-1', state === 'upcoming' && 'text-muted', state === 'current' && 'font-medium')}>
        {label}
        <span className="sr-only">, {words}</span>
      </span>
      <span className="text-muted tabular-nums">{ms === null ? '' : formatDuration(ms)}</span>
    </li>
  )
}
