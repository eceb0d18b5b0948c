import type { Backup, ContentProof } from '#api/contract/backups.ts'
import { formatBytes, formatCount, formatDuration } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { needsPassword } from './backup-words.ts'
import { shieldWords } from './trust-words.ts'
import { VerifiedMark } from './verified-mark.tsx'

interface VerificationPanelProps {
  backup: Backup
  isStarting: boolean
  onVerify: () => void
}

/** What was proven about the stored archive, and the way to prove it again. */
export function VerificationPanel({ backup, isStarting, onVerify }: VerificationPanelProps) {
  const { verification } = backup
  const isRunning = verification?.status === 'running'
  return (
    <Panel
      title="Verification"
      actions={
        <Button size="sm" onClick={onVerify} pending={isStarting} disabled={isRunning}>
          Verify now
        </Button>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        {isRunning ? <Running backup={backup} /> : <Verdict backup={backup} />}
        {needsPassword(backup) && !isRunning && (
          <p className="text-muted">
            Encrypted with a password that is kept nowhere: verifying the contents asks for it.
          </p>
        )}
      </div>
    </Panel>
  )
}

function Running({ backup: { verification, bytes } }: { backup: Backup }) {
  if (verification === null) return null
  const isKnown = verification.bytes > 0 && verification.bytes <= bytes
  return (
    <>
      <Progress
        label={verification.depth === 'content' ? 'Reading every row back' : 'Reading the bytes back'}
        detail={`${formatBytes(verification.bytes)} · ${formatCount(verification.rows, 'row')}`}
        {...(isKnown ? { value: verification.bytes, total: bytes } : {})}
      />
      {verification.failure && (
        <p className="wrap-anywhere text-warning">Tries again by itself: {verification.failure.message}</p>
      )}
      <p className="text-muted">Runs on the server. You can close this tab.</p>
    </>
  )
}

function Verdict({ backup }: { backup: Backup }) {
  const { verification } = backup
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <VerifiedMark backup={backup} withTime />
      </p>
      <p>{shieldWords(backup).meaning}</p>
      {verification && (
        <p className="wrap-anywhere text-muted">
          Last tried <RelativeTime at={verification.at} />
          {verification.ms !== null && `, took ${formatDuration(verification.ms)}`}
          {verification.status === 'proven' && `, ${readBack(backup)}`}
          {verification.status === 'cancelled' && ', cancelled'}
          {verification.failure && `: ${verification.failure.message}`}
        </p>
      )}
      {verification?.content && <Proof proof={verification.content} />}
    </>
  )
}

/** What was proven of the contents before the last try. */
function Proof({ proof: { at, ms, rows, bytes } }: { proof: ContentProof }) {
  return (
    <p className="wrap-anywhere text-muted">
      Contents proven <RelativeTime at={at} />
      {ms !== null && `, took ${formatDuration(ms)}`}, {formatCount(rows, 'row')} and {formatBytes(bytes)} read back
    </p>
  )
}

function readBack({ verification, verifiedAt }: Backup): string {
  const { depth = 'bytes', rows = 0, bytes = 0 } = verification ?? {}
  if (depth === 'content') return `${formatCount(rows, 'row')} and ${formatBytes(bytes)} read back`
  const contents = verifiedAt === null ? '; the contents stay unproven without the password' : ', the same as before'
  return `${formatBytes(bytes)} read back${contents}`
}
