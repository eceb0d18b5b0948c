import { useRef } from 'react'

import type { ArchiveDiff } from '#api/contract/diffs.ts'
import { formatBytes } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Sheet } from '#console/ui/sheet.tsx'

import { kindWords, LOOK_OF_FILES, lookOfDefinition, lookOfTable } from '../diff-words.ts'
import { EFFECT_MARKS } from '../effect-marks.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { PatchView } from './patch-view.tsx'
import { TableDifference } from './table-difference.tsx'

export interface DifferenceSheetProps {
  wizard: RestoreWizard
  /** What the restore will do. */
  diff: ArchiveDiff
}

/** One difference, closer: rows and fields of a table, the text of a definition, files. Its name is in the address. */
export function DifferenceSheet({ wizard, diff }: DifferenceSheetProps) {
  const { search, refine } = wizard
  const shown = shownOf(search.look, wizard, diff)
  const startRef = useRef<HTMLDivElement>(null)
  return (
    <Sheet
      open={shown !== undefined}
      onOpenChange={(open) => {
        if (!open) refine({ look: '' })
      }}
      title={shown?.title ?? ''}
      description="What is there now, and what the restore puts there."
      size="lg"
      initialFocus={startRef}
    >
      {/* Who comes to look begins at the top, not on a button that chooses something else. */}
      <div ref={startRef} tabIndex={-1} className="outline-none">
        {shown?.content}
      </div>
    </Sheet>
  )
}

function shownOf(look: string, wizard: RestoreWizard, diff: ArchiveDiff) {
  if (look === LOOK_OF_FILES) return { title: 'Stored files', content: <FileSamples files={diff.files} /> }
  // All differences of a table, whatever the restore does to its rows.
  const table = wizard.diff.data?.tables.find((one) => lookOfTable(one.table) === look)
  if (table) return { title: `Table ${table.table}`, content: <TableDifference wizard={wizard} table={table} /> }
  const isCompared = wizard.parts === undefined || wizard.texts.data !== undefined
  const definition = isCompared ? diff.definitions.find((one) => lookOfDefinition(one) === look) : undefined
  if (definition === undefined) return undefined
  const { kind, name, effect } = definition
  return {
    title: `${kindWords(kind)} ${name}`,
    content: (
      <div className="flex flex-col gap-3">
        <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>
        <PatchView patch={definition.patch} name={name} />
      </div>
    ),
  }
}

function FileSamples({ files }: { files: ArchiveDiff['files'] }) {
  return (
    <ul className="rounded-lg border text-sm">
      {files.samples.map(({ name, effect, size }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two files may have the same name
        <li key={index} className="flex items-center gap-3 px-3 py-1.5 not-last:border-b">
          <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>
          <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
          <span className="text-muted tabular-nums">{formatBytes(size)}</span>
        </li>
      ))}
    </ul>
  )
}
