import type { Ref } from 'react'

import type { Column } from '#api/contract/columns.ts'
import { Input } from '#console/ui/input.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

import { columnKind } from './column-kind.ts'
import { linesOf } from './row-input-control.tsx'
import { type FieldInput, readOnlyText } from './row-input.ts'

interface RowReadOnlyProps {
  column: Column
  input: FieldInput
  focusRef: Ref<never> | undefined
}

/** A value for who may not change it: the keyboard reaches it, and it can be selected, but nothing in it moves. */
export function RowReadOnly({ column, input, focusRef }: RowReadOnlyProps) {
  const kind = columnKind(column)
  const box = {
    value: readOnlyText(column, input),
    readOnly: true,
    ref: focusRef,
    spellCheck: false,
    placeholder: kind === 'secret' ? 'not shown' : input.isNull ? 'null' : 'empty',
  }
  if (kind === 'json') return <Textarea {...box} mono rows={linesOf(input.text, 3)} />
  if (column.type === 'text') return <Textarea {...box} rows={linesOf(input.text, 1)} className="min-h-8!" />
  return <Input {...box} mono={column.type === 'uuid'} />
}
