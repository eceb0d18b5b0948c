import { z } from 'zod'

import type { Column } from '#api/contract/columns.ts'

import { inputProblems } from './row-changes.ts'
import type { FieldInput } from './row-input.ts'

/** Fields by place, not by name: a column may be called `a.b`, which a form would take for a path. */
export interface RowForm {
  fields: FieldInput[]
}

/** The key is the server's; everything else can be set. */
export const editableColumns = (columns: readonly Column[]): Column[] => columns.filter(({ name }) => name !== 'id')

/** Checks each touched field by its column. */
export function rowFormSchema(columns: readonly Column[], before: readonly FieldInput[], isNew: boolean) {
  return z
    .object({ fields: z.array(z.object({ text: z.string(), isNull: z.boolean() })) })
    .superRefine(({ fields }, context) => {
      for (const [index, message] of inputProblems(columns, before, fields, isNew)) {
        context.addIssue({ code: 'custom', path: ['fields', index, 'text'], message })
      }
    })
}
