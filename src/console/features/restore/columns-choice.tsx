import type { RestorePreview } from '#api/contract/restores.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'

import { columnNames, lackingColumns, lackingColumnWords } from './lacking-columns.ts'
import { LinesBox } from './lines-box.tsx'
import type { Parts } from './parts.ts'

export interface ColumnsChoiceProps {
  parts: Parts
  effect: Pick<RestorePreview, 'tables'>
  onChange: (parts: Parts) => void
}

/** Values of the backup that have no place in the tables of now: nothing goes on before somebody says what of them. */
export function ColumnsChoice({ parts, effect, onChange }: ColumnsChoiceProps) {
  const lacking = lackingColumns(parts, effect)
  const lines = lacking.map((one) => ({ key: one.table, words: lackingColumnWords(one) }))
  return (
    <div aria-live="polite" className="empty:hidden">
      {lacking.length > 0 && (
        <Callout tone="warning" title="Some values of the backup have no place" className="wrap-anywhere">
          <LinesBox label="Columns without a place" lines={lines} />
          <p className="mt-1">
            A column that was renamed counts as lacking too. To keep these values, choose “Replace the table”, or
            restore into a new workspace.
          </p>
          <Checkbox
            className="mt-2"
            label={`Put the rows back without ${columnNames(lacking)}`}
            checked={parts.dropColumns}
            onCheckedChange={(dropColumns) => onChange({ ...parts, dropColumns })}
          />
        </Callout>
      )}
    </div>
  )
}
