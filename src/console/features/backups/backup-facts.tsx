import type { Backup } from '#api/contract/backups.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatBytes, formatDuration, formatNumber } from '#console/lib/format.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { growthWords, rowWords, tookMs } from './backup-words.ts'

/** What is known of the archive itself. */
export function BackupFacts({ backup }: { backup: Backup }) {
  const taken = backup.summary?.createdAt ?? backup.startedAt ?? backup.createdAt
  const took = tookMs(backup)
  return (
    <Panel title="The archive">
      <DescriptionList
        items={[
          { label: 'Holds the state of', value: <Moment at={taken} /> },
          { label: 'Size', value: sizeWords(backup) },
          { label: 'Rows', value: rowWords(backup) },
          { label: 'Branch', value: <code>{backup.branch || 'unknown'}</code> },
          { label: 'Lies in', value: backup.targetName },
          { label: 'Encrypted', value: encryptedWords(backup) },
          ...(took === undefined ? [] : [{ label: 'Took', value: formatDuration(took) }]),
          ...(backup.attempt > 1 ? [{ label: 'Attempts', value: formatNumber(backup.attempt) }] : []),
          { label: 'SHA-256', value: <Sha256 sha256={backup.sha256} /> },
          { label: 'Id', value: <code>{backup.id}</code> },
        ]}
      />
    </Panel>
  )
}

function sizeWords(backup: Backup): string {
  const { bytes, summary } = backup
  const growth = growthWords(backup)
  return [
    `${formatBytes(bytes)} (${formatNumber(bytes)} bytes)`,
    growth && `${growth} against the one before`,
    summary && `${formatBytes(summary.bytes)} unpacked`,
    summary && `format ${formatNumber(summary.format)}`,
  ]
    .filter(Boolean)
    .join(', ')
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
