import type { Backup } from '#api/contract/backups.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Panel } from '#console/ui/panel.tsx'

import { StageList } from '../stage-list.tsx'

const HOUR_MS = 3_600_000

/** What the run spent its time on. */
export function StagesPanel({ backup: { stages } }: { backup: Backup }) {
  const now = useNow(HOUR_MS)
  if (stages.length === 0) return null
  return (
    <Panel title="The run">
      <StageList stages={stages} now={now} isOver />
    </Panel>
  )
}
