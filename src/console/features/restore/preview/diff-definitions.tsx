import type { DefinitionDiff } from '#api/contract/diffs.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { kindWords, lookOfDefinition } from '../diff-words.ts'
import { EFFECT_MARKS } from '../effect-marks.ts'

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

/** Which of them come, before their texts are compared: one that is there is replaced. */
const uncomparedColumns: DataColumn<DefinitionDiff>[] = columns.map((column) =>
  column.id === 'effect' ? { ...column, cell: ({ effect }) => <Uncompared effect={effect} /> } : column,
)

function Uncompared({ effect }: Pick<DefinitionDiff, 'effect'>) {
  const { tone, words } = EFFECT_MARKS[effect === 'added' ? 'added' : 'replaced']
  return <Badge tone={tone}>{words}</Badge>
}

export interface DiffDefinitionsProps {
  definitions: readonly DefinitionDiff[]
  /** False while only their names are known. */
  isCompared: boolean
  onLook: (look: string) => void
}

/** API groups, constructs and settings that differ; each opens its text diff. */
export function DiffDefinitions({ definitions, isCompared, onLook }: DiffDefinitionsProps) {
  if (definitions.length === 0) return null
  return (
    <section aria-labelledby="diff-definitions" className="flex flex-col gap-2">
      <h3 id="diff-definitions" className="text-base font-semibold">
        API groups, constructs and settings
      </h3>
      <DataTable
        label="API groups, constructs and settings"
        rows={definitions}
        columns={isCompared ? columns : uncomparedColumns}
        rowKey={lookOfDefinition}
        onRowOpen={isCompared ? (definition) => onLook(lookOfDefinition(definition)) : undefined}
      />
      <ListFoot noun={isCompared ? 'difference' : 'definition'} shown={definitions.length} />
    </section>
  )
}
