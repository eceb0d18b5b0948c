import type { ArchiveDiff } from '#api/contract/diffs.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { LOOK_OF_FILES } from '../diff-words.ts'

export interface DiffFilesProps {
  files: ArchiveDiff['files']
  onLook: (look: string) => void
}

/** Stored files in numbers; nothing where none differs. */
export function DiffFiles({ files, onLook }: DiffFilesProps) {
  const { added, changed, removed, same } = files
  if (added + changed + removed === 0) return null
  return (
    <Panel
      title="Stored files"
      actions={
        files.samples.length > 0 && (
          <Button size="sm" onClick={() => onLook(LOOK_OF_FILES)}>
            See files
          </Button>
        )
      }
    >
      <p className="text-sm tabular-nums">
        + {formatNumber(added)} added · ~ {formatNumber(changed)} changed ·{' '}
        <span className={removed > 0 ? 'font-medium text-danger' : undefined}>− {formatNumber(removed)} removed</span> ·
        = {formatNumber(same)} same
      </p>
    </Panel>
  )
}
