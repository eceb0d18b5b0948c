import { useRef } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { formatBytes, formatCount, formatDuration } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { needsPassword } from '../backup-words.ts'
import { outcomeWords, readBackWords, shieldWords } from '../trust-words.ts'
import { VerifiedMark } from '../verified-mark.tsx'
import { ReadingProgress } from './reading-progress.tsx'
import { useCancelReading } from './use-cancel-reading.ts'

interface VerificationPanelProps {
  backup: Backup
  isStarting: boolean
  onVerify: () => void
}

/** What was proven about the stored archive, and the way to prove it again. */
export function VerificationPanel({ backup, isStarting, onVerify }: VerificationPanelProps) {
  const startRef = useRef<HTMLButtonElement>(null)
  const end = useCancelReading('verify', backup.id, startRef)
  const isRunning = backup.verification?.status === 'running'
  return (
    <Panel
      title="Verification"
      actions={
        <Button ref={startRef} size="sm" onClick={onVerify} pending={isStarting || isRunning}>
          Verify now
        </Button>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        {isRunning ? <Running backup={backup} end={end} /> : <Verdict backup={backup} />}
        {needsPassword(backup) && !isRunning && (
          <p className="text-muted">
            Encrypted with a password that is kept nowhere: verifying the contents asks for it.
          </p>
        )}
      </div>
    </Panel>
  )
}

interface RunningProps {
  backup: Backup
  end: ReturnType<typeof useCancelReading>
}

function Running({ backup: { verification, bytes }, end }: RunningProps) {
  if (verification === null) return null
  const isKnown = verification.bytes > 0 && verification.bytes <= bytes
  return (
    <ReadingProgress
      label={verification.depth === 'content' ? 'Reading every row back' : 'Reading the bytes back'}
      detail={`${formatBytes(verification.bytes)} · ${formatCount(verification.rows, 'row')}`}
      {...(isKnown ? { value: verification.bytes, total: bytes } : {})}
      failure={verification.failure}
      cancelLabel="Cancel verification"
      isCancelling={end.isPending}
      onCancel={end.cancel}
    />
  )
}

/** The verdict, then its reasons: what the last try found and, where that was less, what was proven before it. */
function Verdict({ backup }: { backup: Backup }) {
  const { verification } = backup
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <VerifiedMark backup={backup} withTime />
      </p>
      <p>{shieldWords(backup).meaning}</p>
      {verification && (
        <dl className="flex flex-col gap-1 wrap-anywhere text-muted">
          <Line name="Last tried" at={verification.at} ms={verification.ms}>
            {outcomeWords(backup)}
          </Line>
          {verification.content && (
            <Line name="Contents proven" at={verification.content.at} ms={verification.content.ms}>
              {`, ${readBackWords(verification.content)}`}
            </Line>
          )}
        </dl>
      )}
    </>
  )
}

interface LineProps {
  name: string
  at: string
  ms: number | null
  children: string
}

function Line({ name, at, ms, children }: LineProps) {
  return (
    <div>
      <dt className="inline font-medium">{name}</dt>{' '}
      <dd className="inline">
        <RelativeTime at={at} />
        {ms !== null && `, took ${formatDuration(ms)}`}
        {children}
      </dd>
    </div>
  )
}
