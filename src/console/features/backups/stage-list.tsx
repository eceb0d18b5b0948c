import { Check, CircleStop, LoaderCircle } from 'lucide-react'

import type { StageTime } from '#api/contract/backups.ts'

import { stageFigures, stageName } from './progress-words.ts'

interface StageListProps {
  stages: readonly StageTime[]
  now: Date
  /** The run has ended: a stage without an end is where it stopped. */
  isOver?: boolean | undefined
}

/** The stages that a run went through, with what was done in each and how long that took. */
export function StageList({ stages, now, isOver = false }: StageListProps) {
  if (stages.length === 0) return null
  const Open = isOver ? CircleStop : LoaderCircle
  return (
    <ol className="flex flex-col gap-0.5 text-sm tabular-nums">
      {stages.map((stage) => (
        <li key={`${stage.stage} ${stage.at}`} className="flex flex-wrap items-center gap-x-2">
          {stage.ms === null ? (
            <Open aria-hidden className={`size-3.5 shrink-0 stroke-[1.5] ${isOver ? 'text-muted' : 'text-info'}`} />
          ) : (
            <Check aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-success" />
          )}
          <span className={stage.ms === null ? 'font-medium' : undefined}>{stageName(stage.stage)}</span>
          <span className="text-muted">
            {stageFigures(stage, now, isOver)}
            {stage.ms !== null && <span className="sr-only">, done</span>}
            {stage.ms === null && !isOver && <span className="sr-only">, under way</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
