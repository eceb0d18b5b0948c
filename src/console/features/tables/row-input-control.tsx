import type { Ref } from 'react'

import type { Column } from '#api/contract/columns.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { Select } from '#console/ui/select.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

import { columnKind, type ColumnKind } from './column-kind.ts'
import { defaultText } from './row-changes.ts'
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

/** Lines a text takes on the page before it scrolls, and characters that fit into one. */
const linesMax = 10
const lineLength = 60

export const linesOf = (text: string, linesMin: number): number =>
  Math.min(linesMax, Math.max(linesMin, text.split('\n').length, Math.ceil(text.length / lineLength)))

/** What an empty field stands for. */
function placeholderOf({ column, isNew, input }: RowInputControlProps): string | undefined {
  if (input.isNull) return 'null'
  const value = isNew ? defaultText(column) : undefined
  return value === undefined ? undefined : `${value} (default)`
}

/** The input that fits the column's type. Typing into a null makes it a value. */
export function RowInputControl(props: RowInputControlProps) {
  const { column, isNew, input, onInputChange, onBlur, focusRef } = props
  const kind = columnKind(column)
  if (kind === 'bool' || kind === 'choice') return <ChoiceControl {...props} />

  const box = {
    value: input.isNull ? '' : input.text,
    onChange: (event: { target: { value: string } }) => onInputChange({ text: event.target.value, isNull: false }),
    onBlur,
    ref: focusRef,
    placeholder: placeholderOf(props),
  }
  if (kind === 'secret') {
    return <PasswordInput {...box} autoComplete="new-password" placeholder={isNew ? undefined : 'unchanged'} />
  }
  if (kind === 'json') return <Textarea {...box} mono spellCheck={false} rows={linesOf(input.text, 3)} />
  if (column.type === 'text') {
    return <Textarea {...box} rows={linesOf(input.text, 1)} className="min-h-8!" />
  }
  return <Input {...box} {...LINES[kind]} mono={column.type === 'uuid'} spellCheck={false} />
}

/** One of a few: true or false, or a value of an enum. */
function ChoiceControl(props: RowInputControlProps) {
  const { column, input, onInputChange, onBlur, focusRef } = props
  const value = input.isNull || input.text === '' ? null : input.text
  const choose = (text: string) => onInputChange({ text, isNull: false })
  if (columnKind(column) === 'bool') return <ChoiceChips choices={booleans} value={value} onValueChange={choose} />
  const options = (column.values ?? []).map((text) => ({ value: text, label: text }))
  const placeholder = placeholderOf(props)
  return <Select {...{ options, value, onBlur, placeholder }} onValueChange={choose} ref={focusRef} />
}
