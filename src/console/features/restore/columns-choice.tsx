import type { RestorePreview } from '#api/contract/restores.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { columnNames, lackingColumns, lackingColumnWords } from './lacking-columns.ts'
import type { Parts } from './parts.ts'

export interface ColumnsChoiceProps {
  parts: Parts
  effect: Pick<RestorePreview, 'tables'>
  onChange: (parts: Parts) => void
}

/** Values of the backup that have no place in the tables of now: nothing goes on before somebody says what of them. */
export function ColumnsChoice({ parts, effect, onChange }: ColumnsChoiceProps) {
  const lacking = lackingColumns(parts, effect)
  return (
    <div aria-live="polite" className="empty:hidden">
      {lacking.length > 0 && (
        <Callout tone="warning" title="Some values of the backup have no place" className="wrap-anywhere">
          <ScrollRegion aria-label="Columns without a place" className="max-h-40 overflow-y-auto">
            <ul>
              {lacking.map((one) => (
                <li key={one.table}>{lackingColumnWords(one)}</li>
              ))}
            </ul>
          </ScrollRegion>
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
