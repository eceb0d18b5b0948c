import { Check, LoaderCircle } from 'lucide-react'

import type { StageTime } from '#api/contract/backups.ts'

import { stageDetail, stageLength, stageName } from './progress-words.ts'

/** The stages that a run went through, with what was done in each and how long that took. */
export function StageList({ stages, now }: { stages: readonly StageTime[]; now: Date }) {
  if (stages.length === 0) return null
  return (
    <ol className="flex flex-col gap-0.5 text-sm tabular-nums">
      {stages.map((stage) => (
        <li key={`${stage.stage} ${stage.at}`} className="flex flex-wrap items-center gap-x-2">
          {stage.ms === null ? (
            <LoaderCircle aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-info" />
          ) : (
            <Check aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-success" />
          )}
          <span className={stage.ms === null ? 'font-medium' : undefined}>{stageName(stage.stage)}</span>
          <span className="text-muted">
            {[stageDetail(stage), stageLength(stage, now)].filter((part) => part !== '').join(' · ')}
            <span className="sr-only">{stage.ms === null ? ', under way' : ', done'}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
