import type { Construct, Field, Value } from './ast.ts'
import type { Position } from './position.ts'
import { parseTableConstruct } from './table-document.ts'

/** A place in a table document, and what stands there, to start a sentence with. */
export interface Place {
  at: Position
  what: string
}

/**
 * Where the part of a table stands that a path means: `schema.2.children.0.name` a column or a field inside it,
 * `index.1` an index beside the primary one, `name` the name. Undefined where the path means nothing of the document.
 * Throws `XanoScriptError` where the text is no table.
 */
export function locateInTable(source: string, path: string): Place | undefined {
  const construct = parseTableConstruct(source)
  const [part, number, ...rest] = path.split('.')
  if (part === 'name') return { at: construct.nameAt, what: 'The name' }
  if (part === 'schema') return locateField(fieldsOf(construct), number, rest, '')
  return part === 'index' ? locateIndex(construct, Number(number)) : undefined
}

function fieldsOf({ members }: Construct): Field[] {
  const schema = members.find((member) => member.type === 'fields')
  return schema?.type === 'fields' ? schema.fields : []
}

function locateField(fields: readonly Field[], number = '', rest: string[], prefix: string): Place | undefined {
  const field = fields[Number(number)]
  if (field === undefined) return undefined
  const name = `${prefix}${field.name}`
  const [key, child, ...inner] = rest
  const deeper = key === 'children' ? locateField(field.children ?? [], child, inner, `${name}.`) : undefined
  return deeper ?? { at: field.at, what: `The column "${name}"` }
}

function locateIndex({ members }: Construct, number: number): Place | undefined {
  const index = members.find((member) => member.type === 'property' && member.name === 'index')
  if (index?.type !== 'property' || index.value.type !== 'array') return undefined
  const one = index.value.items.filter((item) => !isPrimary(item))[number]
  return one === undefined ? undefined : { at: one.at, what: `The index ${number + 1} beside the primary one` }
}

function isPrimary(index: Value): boolean {
  if (index.type !== 'object') return false
  const type = index.entries.find((entry) => entry.key === 'type')?.value
  return (type?.type === 'text' || type?.type === 'word') && type.text === 'primary'
}
