import type { Ref } from 'react'

import type { Column } from '#api/contract/columns.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { Select } from '#console/ui/select.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

import { columnKind, type ColumnKind } from './column-kind.ts'
import type { FieldInput } from './row-input.ts'

export interface RowInputControlProps {
  column: Column
  isNew: boolean
  input: FieldInput
  onInputChange: (input: FieldInput) => void
  onBlur: () => void
  focusRef: Ref<never> | undefined
}

const booleans = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
]

type LineKind = Exclude<ColumnKind, 'bool' | 'choice' | 'json' | 'secret'>

const LINES: Record<LineKind, Pick<React.ComponentProps<'input'>, 'type' | 'inputMode' | 'step'>> = {
  whole: { inputMode: 'numeric' },
  decimal: { inputMode: 'decimal' },
  text: {},
  moment: { type: 'datetime-local', step: 0.001 },
  day: { type: 'date' },
}

/** Rows a text takes on the page before it scrolls. */
const linesMax = 10

/** The input that fits the column's type. Typing into a null makes it a value. */
export function RowInputControl({ column, isNew, input, onInputChange, onBlur, focusRef }: RowInputControlProps) {
  const kind = columnKind(column)
  const placeholder = input.isNull ? 'null' : undefined
  const set = (text: string) => onInputChange({ text, isNull: false })
  const box = { value: input.isNull ? '' : input.text, onChange: (event: { target: { value: string } }) => set(event.target.value), onBlur, ref: focusRef, placeholder }

  if (kind === 'bool') return <ChoiceChips choices={booleans} value={input.isNull || input.text === '' ? null : input.text} onValueChange={set} />
  if (kind === 'choice') {
    const options = (column.values ?? []).map((value) => ({ value, label: value }))
    return <Select options={options} value={input.isNull || input.text === '' ? null : input.text} onValueChange={set} onBlur={onBlur} ref={focusRef} placeholder={placeholder} />
  }
  if (kind === 'secret') return <PasswordInput {...box} autoComplete="new-password" placeholder={isNew ? undefined : 'unchanged'} />
  if (kind === 'json') return <Textarea {...box} mono spellCheck={false} rows={Math.min(linesMax, Math.max(3, input.text.split('\n').length))} />
  if (column.type === 'text') return <Textarea {...box} rows={Math.min(linesMax, Math.max(1, input.text.split('\n').length, Math.ceil(input.text.length / 60)))} />
  return <Input {...box} {...LINES[kind]} mono={column.type === 'uuid'} spellCheck={false} />
}
