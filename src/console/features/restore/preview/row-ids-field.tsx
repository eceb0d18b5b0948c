import { useState } from 'react'

import { formatCount } from '#console/lib/format.ts'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { readIds } from '../parts.ts'
import type { RowPick } from './row-pick.ts'

export interface RowIdsFieldProps {
  pick: RowPick
  /** It took the place of the button that was pressed. */
  takesFocus: boolean
}

/** The ids that are ticked below, and others as they are typed. */
export function RowIdsField({ pick: { ids, mode, onChange }, takesFocus }: RowIdsFieldProps) {
  const [typed, setTyped] = useState('')
  // What is typed keeps its commas and spaces as long as it says the same as the choice.
  const isSame = readIds(typed).join() === ids.join()
  const back = mode === 'missing' ? 'Those that are missing come back' : 'They become what the backup holds'
  return (
    <Field
      label="Only these rows"
      optional
      hint={
        ids.length === 0
          ? 'Ids with commas between them, or tick rows below. Empty: all of them.'
          : `${formatCount(ids.length, 'row')} chosen. ${back}; nothing else in this table changes.`
      }
    >
      <Input
        mono
        autoFocus={takesFocus}
        spellCheck={false}
        placeholder="1, 2, 3"
        value={isSame ? typed : ids.join(', ')}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(readIds(event.target.value))
        }}
      />
    </Field>
  )
}
