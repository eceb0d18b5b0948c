import type { Backup } from '#api/contract/backups.ts'
import { formatCount, formatDuration } from '#console/lib/format.ts'

export interface Outcome {
  tone: 'success' | 'danger' | 'info'
  words: string
}

/** What a verification that was just asked for came to, as far as it is known yet; who ended it was told already. */
export function verifyOutcome({
  verification,
  verifiedAt,
}: Pick<Backup, 'verification' | 'verifiedAt'>): Outcome | undefined {
  switch (verification?.status) {
    case 'proven':
      return verification.depth === 'bytes'
        ? {
            tone: 'info',
            words:
              verifiedAt === null
                ? 'The bytes are the ones that were stored. Their contents stay unproven without the password.'
                : 'The bytes are the ones whose contents were proven before.',
          }
        : { tone: 'success', words: `The archive is whole: ${formatCount(verification.rows, 'row')} read back` }
    case 'disproven':
      return { tone: 'danger', words: 'The archive is damaged' }
    case 'unreachable':
      return { tone: 'danger', words: 'The archive could not be read' }
    case 'cancelled':
      return undefined
    case 'running':
    case undefined:
      return { tone: 'info', words: 'The archive is being read back. The page of the backup shows the result.' }
  }
}

/** `Restore rehearsed in 4.2 s`, or that it has begun. */
export function drillOutcome({ drill }: Pick<Backup, 'drill'>): Outcome {
  if (drill?.status === 'succeeded' && drill.ms !== null)
    return { tone: 'success', words: `Restore rehearsed in ${formatDuration(drill.ms)}` }
  return { tone: 'info', words: 'The restore is being rehearsed. The page of the backup shows the result.' }
}
