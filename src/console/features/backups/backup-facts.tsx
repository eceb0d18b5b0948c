import type { Backup } from '#api/contract/backups.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatBytes, formatDuration, formatNumber } from '#console/lib/format.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { VerifiedMark } from './verified-mark.tsx'

/** What is known of the archive itself. */
export function BackupFacts({ backup }: { backup: Backup }) {
  const taken = new Date(backup.summary?.createdAt ?? backup.createdAt)
  return (
    <Panel title="The archive">
      <DescriptionList
        items={[
          { label: 'Holds the state of', value: <Moment at={taken} /> },
          { label: 'Verified', value: <VerifiedMark backup={backup} withTime /> },
          { label: 'Size', value: sizeWords(backup) },
          { label: 'Branch', value: <code>{backup.branch}</code> },
          {
            label: 'Encrypted',
            value: backup.encrypted
              ? 'Yes, with a password that is stored nowhere'
              : 'No: whoever has the file can read it',
          },
          ...tookItem(backup),
          { label: 'Id', value: <code>{backup.id}</code> },
        ]}
      />
    </Panel>
  )
}

function sizeWords({ bytes, summary }: Backup): string {
  return summary === null
    ? formatBytes(bytes)
    : `${formatBytes(bytes)}, ${formatBytes(summary.bytes)} unpacked, format ${formatNumber(summary.format)}`
}

function tookItem({ startedAt, finishedAt }: Backup) {
  if (startedAt === null || finishedAt === null) return []
  return [{ label: 'Took', value: formatDuration(new Date(finishedAt).getTime() - new Date(startedAt).getTime()) }]
}

function Moment({ at }: { at: Date }) {
  return (
    <>
      {formatLocal(at)} (<RelativeTime at={at} />)
    </>
  )
}
