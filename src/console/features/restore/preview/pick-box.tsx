import { Checkbox } from '#console/ui/checkbox.tsx'

import { type RowPick, toggled } from './row-pick.ts'

/** Whether this row is one of those that are restored. */
export function PickBox({ id, pick: { ids, onChange } }: { id: string; pick: RowPick }) {
  return (
    <Checkbox
      aria-label={`Restore row ${id}`}
      checked={ids.includes(id)}
      onCheckedChange={() => onChange(toggled(ids, id))}
    />
  )
}
