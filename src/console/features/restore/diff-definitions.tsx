import type { DefinitionDiff } from '#api/contract/diffs.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { kindWords, lookOfDefinition } from './diff-words.ts'
import { EFFECT_MARKS } from './effect-marks.ts'

const columns: DataColumn<DefinitionDiff>[] = [
  {
    id: 'effect',
    header: 'Effect',
    width: '8rem',
    stacked: 'secondary',
    cell: ({ effect }) => <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>,
  },
  { id: 'kind', header: 'Kind', width: '12rem', stacked: 'secondary', cell: ({ kind }) => kindWords(kind) },
  { id: 'name', header: 'Name', stacked: 'primary', wrap: true, cell: ({ name }) => name },
]

export interface DiffDefinitionsProps {
  definitions: readonly DefinitionDiff[]
  onLook: (look: string) => void
}

/** API groups, constructs and settings that differ; each opens its text diff. */
export function DiffDefinitions({ definitions, onLook }: DiffDefinitionsProps) {
  if (definitions.length === 0) return null
  return (
    <section aria-labelledby="diff-definitions" className="flex flex-col gap-2">
      <h3 id="diff-definitions" className="text-base font-semibold">
        API groups, constructs and settings
      </h3>
      <DataTable
        label="API groups, constructs and settings"
        rows={definitions}
        columns={columns}
        rowKey={lookOfDefinition}
        onRowOpen={(definition) => onLook(lookOfDefinition(definition))}
      />
      <ListFoot noun="difference" shown={definitions.length} />
    </section>
  )
}
