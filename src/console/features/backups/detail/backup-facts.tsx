import type { Backup } from '#api/contract/backups.ts'
import { isRunning, tookMs } from '#console/data/backups.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatDuration, formatNumber } from '#console/lib/format.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { DescriptionList, type DescriptionListProps } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { hasArchive, rowWords, sizeWords } from '../backup-words.ts'

type Facts = DescriptionListProps['items']

/** What is known of the archive itself; of a run that has none, of the run. */
export function BackupFacts({ backup }: { backup: Backup }) {
  if (hasArchive(backup)) {
    return (
      <Panel title="The archive">
        <DescriptionList items={archiveFacts(backup)} />
      </Panel>
    )
  }
  return (
    <Panel title={isRunning(backup) ? 'What is being made' : 'What was tried'}>
      <DescriptionList items={runFacts(backup)} />
    </Panel>
  )
}

function archiveFacts(backup: Backup): Facts {
  return [
    { label: 'Holds the state of', value: <StateOf backup={backup} /> },
    { label: 'Size', value: sizeWords(backup) },
    { label: 'Rows', value: rowWords(backup) },
    { label: 'Branch', value: <code>{backup.branch || 'unknown'}</code> },
    { label: 'Lies in', value: backup.targetName },
    { label: 'Encrypted', value: encryptedWords(backup) },
    ...timeFacts(backup),
    { label: 'SHA-256', value: <Sha256 sha256={backup.sha256} /> },
    { label: 'Id', value: <code>{backup.id}</code> },
  ]
}

/** Its figures stand with its progress, or say nothing any more. */
function runFacts(backup: Backup): Facts {
  const { startedAt, branch, targetName, encrypted, id } = backup
  return [
    { label: 'Asked for', value: <Moment at={backup.createdAt} /> },
    ...(startedAt === null ? [] : [{ label: 'Started', value: <Moment at={startedAt} /> }]),
    ...timeFacts(backup),
    { label: 'Branch', value: <code>{branch || 'unknown'}</code> },
    { label: 'Target', value: targetName },
    { label: 'Encryption', value: encrypted ? 'With a password' : 'None' },
    { label: 'Id', value: <code>{id}</code> },
  ]
}

function timeFacts(backup: Backup): Facts {
  const took = tookMs(backup)
  return [
    ...(took === undefined ? [] : [{ label: 'Took', value: formatDuration(took) }]),
    ...(backup.attempt > 1 ? [{ label: 'Attempts', value: formatNumber(backup.attempt) }] : []),
  ]
}

/** When an uploaded archive was made is not known before somebody has opened it. */
function StateOf({ backup: { kind, summary, startedAt, createdAt } }: { backup: Backup }) {
  if (summary === null && kind === 'uploaded') return 'unknown until it is opened'
  return <Moment at={summary?.createdAt ?? startedAt ?? createdAt} />
}

function encryptedWords({ encrypted, knowsPassword, passwordProvenAt }: Backup) {
  if (!encrypted) return 'No: whoever has the file can read it'
  const who = knowsPassword ? 'Yes, with the password of its schedule' : 'Yes, with a password that is kept nowhere'
  if (passwordProvenAt === null) return `${who}; nobody has proven it yet`
  return (
    <>
      {who}, proven <RelativeTime at={passwordProvenAt} />
    </>
  )
}

function Sha256({ sha256 }: { sha256: string | null }) {
  if (sha256 === null) return 'not known'
  return (
    <span className="flex items-start gap-1">
      <code className="text-xs">{sha256}</code>
      <CopyButton text={sha256} label="Copy SHA-256" className="-my-1 shrink-0" />
    </span>
  )
}

function Moment({ at }: { at: string }) {
  return (
    <>
      {formatLocal(new Date(at))} (<RelativeTime at={at} />)
    </>
  )
}
