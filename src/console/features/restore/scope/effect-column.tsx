import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { EFFECT_MARKS } from '../effect-marks.ts'

/** What the restore of one thing does; a new workspace or branch has nothing that could be replaced. */
export function effectColumn<Row extends { effect: 'added' | 'replaced' | 'blocked' }>(): DataColumn<Row> {
  return {
    id: 'effect',
    header: 'Effect',
    width: '8.5rem',
    stacked: 'secondary',
    cell: ({ effect }) => <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>,
  }
}
