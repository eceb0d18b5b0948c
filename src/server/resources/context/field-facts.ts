import type { TableField } from '#xanoscript/table-field.ts'

/** One value of a context: what JSON and YAML both can say. Keys without a value are left out. */
export type Fact = string | number | boolean | null | Fact[] | Facts
export type Facts = { [key: string]: Fact | undefined }

/**
 * A column or an input in a few words. What goes without saying is left out: optional, not null, public. `type` ends
 * with `[]` for a list.
 */
export function fieldFacts(field: TableField): Facts {
  return {
    name: field.name,
    type: field.list === null ? field.type : `${field.type}[]`,
    required: field.optional ? undefined : true,
    nullable: field.nullable ? true : undefined,
    references: field.table ?? undefined,
    values: field.values ?? undefined,
    size: field.size ?? undefined,
    default: field.default?.text,
    visibility: field.visibility ?? undefined,
    sensitive: field.sensitive === true ? true : undefined,
    description: wordsOrNothing(field.description),
    fields: field.children === null ? undefined : field.children.map(fieldFacts),
  }
}

/** The text, or nothing where there is none to show. */
export function wordsOrNothing(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text === '' ? undefined : text
}
