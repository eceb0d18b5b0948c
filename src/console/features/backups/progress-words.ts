import type { Backup, StageTime } from '#api/contract/backups.ts'
import { formatBytes, formatClock, formatCount, formatDuration, formatRate } from '#console/lib/format.ts'

const CLOCK_FROM_MS = 10_000

const STAGES: Record<string, string> = {
  queued: 'Waiting',
  definitions: 'Definitions',
  rows: 'Rows',
  files: 'Stored files',
  storing: 'Making it safe in the target',
  verifying: 'Reading it back',
}

/** Name of a stage in the list of them. */
export const stageName = (stage: string): string => STAGES[stage] ?? stage

/** What a run does right now: `Exporting orders`. */
export function stageWords({
  status,
  stage,
  current,
  kind,
}: Pick<Backup, 'status' | 'stage' | 'current' | 'kind'>): string {
  if (status === 'queued' || stage === 'queued') return 'Waiting for its turn'
  if (kind === 'uploaded') return 'Reading the uploaded archive to verify it'
  switch (stage) {
    case 'definitions':
      return 'Exporting the definitions'
    case 'rows':
      return current === null ? 'Exporting rows' : `Exporting ${current}`
    case 'files':
      return 'Exporting stored files'
    case 'storing':
      return 'Making it safe in the target'
    case 'verifying':
      return 'Reading it back to verify'
    case 'done':
      return 'Finishing'
  }
}

/** `3:40`; below ten seconds a clock says too little: `2.1 s`. */
const lengthWords = (ms: number): string => (ms < CLOCK_FROM_MS ? formatDuration(ms) : formatClock(ms))

const msSince = (at: string, now: Date): number => Math.max(0, now.getTime() - new Date(at).getTime())

/** Bytes a second of the stage that runs; undefined while there is too little to tell. */
export function rateWords(stages: readonly StageTime[], now: Date): string | undefined {
  const stage = stages.at(-1)
  if (stage === undefined || stage.bytes <= 0) return undefined
  const ms = stage.ms ?? msSince(stage.at, now)
  return ms < 1_000 ? undefined : formatRate((stage.bytes * 1_000) / ms)
}

/** `214 MB · 12,430 rows · 9.8 MB/s · 1:12 · last run took 3:40`: only what is known. */
export function progressFigures(
  {
    bytes,
    rows,
    startedAt,
    stages,
    previous,
    status,
  }: Pick<Backup, 'bytes' | 'rows' | 'startedAt' | 'stages' | 'previous' | 'status'>,
  now: Date,
): string {
  const last = previous === null ? undefined : `last run took ${lengthWords(previous.ms)}`
  if (status === 'queued' || startedAt === null) return last ?? ''
  return [
    formatBytes(bytes),
    rows > 0 ? formatCount(rows, 'row') : undefined,
    rateWords(stages, now),
    formatClock(msSince(startedAt, now)),
    last,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

export interface Share {
  value: number
  total: number
}

/** How much of the stage is done, where its whole is really known. */
export function knownShare({
  stage,
  tablesDone,
  tablesTotal,
  bytes,
  stages,
}: Pick<Backup, 'stage' | 'tablesDone' | 'tablesTotal' | 'bytes' | 'stages'>): Share | undefined {
  if (stage === 'rows' && tablesTotal !== null && tablesTotal > 0) return { value: tablesDone, total: tablesTotal }
  const readBack = stages.at(-1)
  if (stage === 'verifying' && readBack?.stage === 'verifying' && bytes > 0 && readBack.bytes > 0) {
    return { value: Math.min(readBack.bytes, bytes), total: bytes }
  }
  return undefined
}

/**
 * `12,430 rows · 214 MB · 0:40`: what was done in a stage, and its time so far. Of one that a run has stopped in (`isOver`)
 * the time is not known.
 */
export function stageFigures({ rows, bytes, at, ms }: StageTime, now: Date, isOver: boolean): string {
  return [
    rows > 0 ? formatCount(rows, 'row') : undefined,
    bytes > 0 ? formatBytes(bytes) : undefined,
    ms === null && isOver ? 'stopped here' : lengthWords(ms ?? msSince(at, now)),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}
