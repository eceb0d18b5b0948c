import type { Backup, ContentProof } from '#api/contract/backups.ts'
import { formatBytes, formatCount } from '#console/lib/format.ts'

export interface ShieldWords {
  words: string
  tone: 'muted' | 'success' | 'danger'
  /** What was proven and what not, in a sentence. */
  meaning: string
}

type LastVerdict = NonNullable<Backup['verification']>['status'] | undefined
type Facts = Pick<Backup, 'status' | 'verifiedAt' | 'verification' | 'failure' | 'hasArchive'>

const BEING_READ: ShieldWords = {
  words: 'Being verified',
  tone: 'muted',
  meaning: 'The stored archive is being read back.',
}
const DAMAGED: ShieldWords = {
  words: 'Damaged',
  tone: 'danger',
  meaning: 'Reading it back showed that it is not what was written.',
}
const NOT_DONE: ShieldWords = {
  words: 'Not done yet',
  tone: 'muted',
  meaning: 'It is verified once it is written.',
}
const NO_ARCHIVE: ShieldWords = { words: 'No archive', tone: 'danger', meaning: 'The run left nothing to restore.' }
const VERIFIED: ShieldWords = {
  words: 'Verified',
  tone: 'success',
  meaning: 'Read back whole: every checksum and row count is the one that was written.',
}
const SAME_BYTES: ShieldWords = {
  ...VERIFIED,
  meaning:
    'Read back whole at that time: every checksum and row count was the one that was written. Since then its bytes were found to be the same, without its password.',
}
const VERIFIED_BEFORE: ShieldWords = {
  words: 'Verified before',
  tone: 'muted',
  meaning: 'It was whole when it was last read, but it could not be read this time.',
}
const BYTES_ONLY: ShieldWords = {
  words: 'Bytes only',
  tone: 'muted',
  meaning: 'Its bytes are the ones that arrived. What they hold is proven only with the password.',
}
const UNPROVEN: ShieldWords = {
  words: 'Not verified',
  tone: 'muted',
  meaning: 'Nothing was proven about this archive yet.',
}

/** A verification that was cancelled does not take back what the one before it found. */
const wasDisproven = ({ failure, hasArchive }: Pick<Facts, 'failure' | 'hasArchive'>): boolean =>
  hasArchive === true && DISPROVEN.has(failure?.code ?? '')

/** Failures of a backup that reading its archive back has found. */
const DISPROVEN = new Set(['bad_archive', 'not_found'])

/**
 * Green only on a proven fact: grey until the archive was read back, red when that disproved it. The strongest fact counts,
 * and its time is `verifiedAt`: a later look at the bytes alone takes nothing from a proof of the contents.
 */
export function shieldWords({ status, verifiedAt, verification, failure, hasArchive }: Facts): ShieldWords {
  const last = verification?.status
  if (last === 'running') return BEING_READ
  if (last === 'disproven') return DAMAGED
  if (status === 'failed') return wasDisproven({ failure, hasArchive }) ? DAMAGED : NO_ARCHIVE
  if (status === 'cancelled') return { ...NO_ARCHIVE, tone: 'muted' }
  if (status === 'queued' || status === 'running') return NOT_DONE
  return verifiedAt === null ? unproven(last) : proven(verification)
}

function proven(verification: Facts['verification']): ShieldWords {
  if (verification?.status === 'unreachable') return VERIFIED_BEFORE
  return verification?.status === 'proven' && verification.depth === 'bytes' ? SAME_BYTES : VERIFIED
}

/** Without a password only the bytes of an encrypted archive can be proven. */
const unproven = (last: LastVerdict): ShieldWords => (last === 'proven' ? BYTES_ONLY : UNPROVEN)

/** `12,023 rows and 83 MB read back`. */
export const readBackWords = ({ rows, bytes }: Pick<ContentProof, 'rows' | 'bytes'>): string =>
  `${formatCount(rows, 'row')} and ${formatBytes(bytes)} read back`

/** What the last try came to, to go on with after its time: `, 12,023 rows and 83 MB read back`, `: The target is away.` */
export function outcomeWords({ verification, verifiedAt }: Pick<Backup, 'verification' | 'verifiedAt'>): string {
  if (verification === null) return ''
  if (verification.status === 'cancelled') return ', cancelled'
  if (verification.status !== 'proven') return verification.failure === null ? '' : `: ${verification.failure.message}`
  if (verification.depth === 'content') return `, ${readBackWords(verification)}`
  const contents = verifiedAt === null ? '; the contents stay unproven without the password' : ', the same as before'
  return `, ${formatBytes(verification.bytes)} read back${contents}`
}
