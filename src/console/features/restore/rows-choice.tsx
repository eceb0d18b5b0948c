import { useId } from 'react'

import type { ArchiveDiff } from '#api/contract/diffs.ts'
import type { RowsMode } from '#api/contract/restore-scope.ts'
import type { RestorePreview } from '#api/contract/restores.ts'

import { type Parts, withRows } from './parts.ts'
import { rowWords } from './row-change-words.ts'
import { mergeWords } from './rows-words.ts'

const MODES: { mode: RowsMode; label: string; hint: string }[] = [
  {
    mode: 'replace',
    label: 'Replace the table',
    hint: 'It becomes what the backup holds. Rows and changes made since are lost.',
  },
  {
    mode: 'missing',
    label: 'Put back missing rows only',
    hint: 'Deleted rows come back by their id. Every row that is there stays as it is.',
  },
  {
    mode: 'missing_and_changed',
    label: 'Put back missing and changed rows',
    hint: 'Deleted rows come back, changed ones go back to what the backup holds. Newer rows stay.',
  },
]

export interface RowsChoiceProps {
  parts: Parts
  onChange: (parts: Parts) => void
  /** Once the tables are compared each choice tells what it does. */
  compared?: { diff: ArchiveDiff; effect: RestorePreview } | undefined
}

/** What happens to the rows of the chosen tables that are there. */
export function RowsChoice({ parts, onChange, compared }: RowsChoiceProps) {
  const id = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">What happens to the rows that are there</legend>
      <div className="rounded-lg border bg-panel">
        {MODES.map(({ mode, label, hint }) => (
          <label
            key={mode}
            className="flex cursor-pointer items-start gap-2.5 px-3 py-2 not-last:border-b hover:bg-hover has-checked:bg-selected"
          >
            <input
              type="radio"
              name={id}
              checked={parts.rows === mode}
              onChange={() => onChange(withRows(parts, mode))}
              aria-describedby={`${id}-${mode}`}
              aria-label={label}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block text-base font-medium">{label}</span>
              <span id={`${id}-${mode}`} className="block text-sm text-muted tabular-nums">
                {compared === undefined ? hint : effectOf(parts, mode, compared)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** `3 rows come back, nothing is deleted, 12 changed rows stay as they are.` */
function effectOf(parts: Parts, mode: RowsMode, { diff, effect }: NonNullable<RowsChoiceProps['compared']>): string {
  const { rowIds } = withRows(parts, mode)
  const words = mode === 'replace' ? rowWords(diff, effect) : mergeWords(diff.tables, { rows: mode, rowIds })
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
