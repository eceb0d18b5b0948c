import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Callout } from '#console/ui/callout.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { canonicalNames } from '../canonical-words.ts'
import { archiveWords } from '../effect-words.ts'
import { NewAddresses } from '../new-addresses.tsx'
import { partItems } from '../part-items.ts'
import { listWords } from '../scope-words.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { takenFileWords } from './file-words.ts'

const columns: DataColumn<PreviewTable>[] = [
  {
    id: 'name',
    header: '+ Table',
    stacked: 'primary',
    cell: ({ name }) => <code className="font-mono text-sm">{name}</code>,
  },
  {
    id: 'rows',
    header: 'Rows',
    width: '9rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ rowsInArchive }) =>
      rowsInArchive === null ? <span className="text-muted">none</span> : formatNumber(rowsInArchive),
  },
]

export interface NewPreviewProps {
  wizard: RestoreWizard
  effect: RestorePreview
}

/** What comes into a workspace or branch that is made for it. */
export function NewPreview({ wizard, effect }: NewPreviewProps) {
  const { target } = wizard
  const isBranch = target?.kind === 'branch'
  const added = effect.tables.filter((table) => table.effect === 'added')
  return (
    <>
      <Callout tone="success" title="Nothing is lost">
        {isBranch
          ? 'A branch is added beside the live one; tables and rows that are there are not touched.'
          : 'A workspace is made; those that are there are not touched.'}
      </Callout>
      <Comes wizard={wizard} effect={effect} />
      {added.length > 0 && (
        <div className="flex flex-col gap-2">
          <DataTable
            label={isBranch ? 'Tables that are added, empty' : 'Tables'}
            rows={added}
            columns={isBranch ? columns.slice(0, 1) : columns}
            rowKey={({ name }) => name}
          />
          <ListFoot noun={isBranch ? 'empty table' : 'table'} shown={added.length} />
        </div>
      )}
    </>
  )
}

function Comes({ wizard, effect }: NewPreviewProps) {
  const { parts, target, search } = wizard
  const { summary, takenCanonicals } = effect
  const names = canonicalNames(takenCanonicals, search.canonicals)
  const groups = { label: 'API groups', value: listWords(summary.apiGroupNames) || 'none' }
  const constructs = { label: 'Constructs', value: formatNumber(summary.constructs ?? 0) }
  const renamed = takenCanonicals.map(({ group, canonical }) => ({
    group,
    from: canonical,
    to: names[canonical] ?? '',
  }))
  const addresses = renamed.length === 0 ? [] : [{ label: 'New addresses', value: <NewAddresses renamed={renamed} /> }]
  const whole =
    target?.kind === 'branch' ? [groups, constructs] : [{ label: 'Holds', value: archiveWords(summary) }, groups]
  const taken = target?.kind === 'branch' ? '' : takenFileWords(effect.takenFiles)
  const files = taken === '' ? [] : [{ label: 'New file addresses', value: taken }]
  const items = [...(parts === undefined ? whole : partItems(parts)), ...addresses, ...files]
  if (items.length === 0) return null
  return (
    <Panel title="What comes">
      <DescriptionList items={items} />
    </Panel>
  )
}
