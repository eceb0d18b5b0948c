import type { Backup } from '#api/contract/backups.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatBytes, formatCount } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { archiveState } from '../archive-words.ts'
import { archiveWords } from '../effect-words.ts'

/** The archive that was chosen, in short. */
export function ChosenArchive({ backup }: { backup: Backup }) {
  // Of an uploaded archive that nobody has opened only the file is known.
  const isSealed = backup.kind === 'uploaded' && backup.summary === null
  const at = backup.summary?.createdAt ?? backup.createdAt
  const { words, tone } = archiveState(backup)
  return (
    <Panel>
      <div className="flex flex-col gap-3">
        <DescriptionList
          items={[
            { label: isSealed ? 'File' : 'Workspace', value: backup.workspaceName || 'Not known until it is opened' },
            {
              label: isSealed ? 'Uploaded' : 'State of',
              value: (
                <>
                  {formatLocal(new Date(at))} (<RelativeTime at={at} />)
                </>
              ),
            },
            { label: 'Holds', value: contentWords(backup) },
            {
              label: 'Size',
              value: `${formatBytes(backup.bytes)}, ${backup.encrypted ? 'encrypted' : 'not encrypted'}`,
            },
            { label: 'Integrity', value: <Badge tone={tone}>{words}</Badge> },
          ]}
        />
        <Warnings backup={backup} />
      </div>
    </Panel>
  )
}

/** What speaks against restoring it. */
function Warnings({ backup }: { backup: Backup }) {
  const { reason } = archiveState(backup)
  return (
    <>
      {backup.definitionOnly && (
        <Callout tone="warning">It holds no rows: what it brings back are empty tables.</Callout>
      )}
      {backup.status === 'looks_wrong' && (
        <Callout tone="danger" title="This archive looks wrong">
          {reason ?? 'Reading it back did not confirm what was written.'} The restore checks it again and stops if it is
          broken.
        </Callout>
      )}
      {backup.status === 'warnings' && reason !== undefined && (
        <Callout tone="warning" title="Warning">
          {reason}
        </Callout>
      )}
    </>
  )
}

function contentWords({ summary, tablesTotal, rows, definitionOnly }: Backup): string {
  if (summary !== null) return archiveWords(summary)
  if (tablesTotal === null) return 'Not known until it is opened'
  const tables = formatCount(tablesTotal, 'table')
  return definitionOnly ? `${tables}, definition only` : `${tables}, ${formatCount(rows, 'row')}`
}
