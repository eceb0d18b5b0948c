import type { UploadProgress } from '#console/data/upload-file.ts'
import { formatBytes, formatDuration, formatRate } from '#console/lib/format.ts'

export interface SentSoFar extends UploadProgress {
  /** When it began to be sent, and when this was told, in milliseconds of the same clock. */
  startedAt: number
  at: number
}

const TELL_AFTER_MS = 1_000
/** What is left is told in steps, so that it does not flicker. */
const STEP_MS = 5_000

/** `12.4 of 40 MB · 9.8 MB/s · about 5 s left`; rate and rest once there is enough to tell. */
export function sentWords({ bytes, total, resumedAt, startedAt, at }: SentSoFar): string {
  const size = `${formatBytes(bytes)} of ${formatBytes(total)}`
  const ms = at - startedAt
  const sent = bytes - resumedAt
  if (bytes >= total) return `${formatBytes(total)} · being checked`
  if (ms < TELL_AFTER_MS || sent <= 0) return size
  const left = Math.ceil(((total - bytes) * ms) / sent / STEP_MS) * STEP_MS
  return `${size} · ${formatRate((sent * 1_000) / ms)} · about ${formatDuration(left)} left`
}
