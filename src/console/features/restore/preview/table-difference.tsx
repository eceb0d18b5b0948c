import type { FieldDiff, TableDiff } from '#api/contract/diffs.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'

import { EFFECT_MARKS } from '../effect-marks.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { ChangedRows } from './changed-rows.tsx'
import { type RowPick, rowPickOf } from './row-pick.ts'
import { RowSamples } from './row-samples.tsx'
import { RowsEntry } from './rows-entry.tsx'

export interface TableDifferenceProps {
  wizard: RestoreWizard
  /** Everything in which it differs, whatever the restore does to its rows. */
  table: TableDiff
}

/** Fields of a table that differ, then sample rows: removed ones first, or those that come back where rows stay. */
export function TableDifference({ wizard, table }: TableDifferenceProps) {
  const { effect, fields, samples, added, changed, removed } = table
  const pick = rowPickOf(wizard, table)
  const shown = samples.added.length + samples.changed.length + samples.removed.length
  const differing = (added ?? 0) + (changed ?? 0) + (removed ?? 0)
  return (
    <div className="flex flex-col gap-6">
      {effect === null && <p className="text-sm">{sameWords(table)}</p>}
      <RowsEntry wizard={wizard} table={table} />
      {fields.length > 0 && <Fields fields={fields} isKept={pick !== undefined} />}
      {pick === undefined ? <Replaced table={table} /> : <Merged table={table} pick={pick} />}
      {differing > 0 && shown === 0 && (
        <p className="text-sm text-muted">Samples are shown to those who may read rows of this workspace.</p>
      )}
    </div>
  )
}

function Replaced({ table: { samples, added, changed, removed } }: { table: TableDiff }) {
  return (
    <>
      <Samples title="Rows that are removed" count={removed} shown={samples.removed.length}>
        <RowSamples label="Rows that are removed" samples={samples.removed} side="now" />
      </Samples>
      <Samples title="Rows that change" count={changed} shown={samples.changed.length}>
        <ChangedRows samples={samples.changed} />
      </Samples>
      <Samples title="Rows that are added" count={added} shown={samples.added.length}>
        <RowSamples label="Rows that are added" samples={samples.added} side="inArchive" />
      </Samples>
    </>
  )
}

/** Rows that are there stay, so what comes back is first, each with a box to choose it. */
function Merged({ table: { samples, added, changed, removed }, pick }: { table: TableDiff; pick: RowPick }) {
  const overwrites = pick.mode === 'missing_and_changed'
  return (
    <>
      <Samples title="Missing rows" count={added} shown={samples.added.length}>
        <RowSamples label="Missing rows" samples={samples.added} side="inArchive" pick={pick} />
      </Samples>
      <Samples
        title={overwrites ? 'Changed rows' : 'Changed rows, which stay as they are'}
        count={changed}
        shown={samples.changed.length}
      >
        <ChangedRows samples={samples.changed} pick={overwrites ? pick : undefined} isKept={!overwrites} />
      </Samples>
      <Samples title="Rows that the backup lacks, which stay" count={removed} shown={samples.removed.length}>
        <RowSamples label="Rows that the backup lacks" samples={samples.removed} side="now" />
      </Samples>
    </>
  )
}

function sameWords({ same }: TableDiff): string {
  return same === null
    ? 'Its structure is the same; the backup holds no rows.'
    : 'This table is the same on both sides.'
}

interface SamplesProps {
  title: string
  count: number | null
  shown: number
  children: React.ReactNode
}

function Samples({ title, count, shown, children }: SamplesProps) {
  if (shown === 0 || count === null) return null
  return (
    <section className="flex flex-col gap-2">
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-base font-semibold">
        {title}
        <span className="text-sm font-normal text-muted tabular-nums">
          {shown < count ? `${shown} of ${formatNumber(count)}` : formatCount(count, 'row')}
        </span>
      </h3>
      {children}
    </section>
  )
}

function Fields({ fields, isKept }: { fields: readonly FieldDiff[]; isKept: boolean }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-base font-semibold">{isKept ? 'Structure, which stays as it is' : 'Structure'}</h3>
      <ul className="rounded-lg border text-sm">
        {fields.map(({ what, name, effect, detail, values }) => (
          <li
            key={`${what} ${name} ${effect}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 not-last:border-b"
          >
            <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>
            <span className="min-w-0 wrap-anywhere">
              {what} <code className="font-mono">{name}</code>
            </span>
            <span className="min-w-0 wrap-anywhere text-muted">
              {detail}
              {values !== null && ` · ${formatCount(values, 'value')} now`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
