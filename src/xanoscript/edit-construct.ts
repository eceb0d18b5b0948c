import type { Value } from './ast.ts'
import { CONSTRUCT_GRAMMAR } from './construct-grammar.ts'
import type { ConstructChanges, ConstructHeader } from './construct-header.ts'
import { propertyValues, requireSettings } from './construct-property.ts'
import { insertProperties, memberIndent, type PropertyLine } from './insert-property.ts'
import { parseConstruct } from './parse-construct.ts'
import { printName, printText, printValue } from './print.ts'
import { readHeader, requireName } from './read-header.ts'
import type { SourceConstruct, SourceMember, SourceProperty } from './source-construct.ts'
import { applyEdits, removalOf, type TextEdit } from './text-edit.ts'

/**
 * Changes name, verb and properties in the text of a construct. Every other byte stays: comments, statements,
 * formatting, properties that are not known. A change that is no change leaves the text as it is. Throws
 * `XanoScriptError` where the text is none or the new name cannot be one, `Error` for a setting that the kind does not
 * have.
 */
export function editConstruct(source: string, changes: ConstructChanges): string {
  const construct = parseConstruct(source, CONSTRUCT_GRAMMAR)
  const header = readHeader(construct)
  requireSettings(header.kind, changes)
  const { name = header.name, verb } = changes
  const edits = propertyEdits(source, construct, header, changes)
  if (name !== header.name) {
    requireName(header.kind, name, construct.nameAt)
    edits.push(nameEdit(source, construct, name))
  }
  if (verb !== undefined && construct.verb !== null) edits.push({ ...construct.verb.span, text: verb })
  return applyEdits(source, edits)
}

/** A quoted name stays quoted, and so is a name that would grow together with a word beside it. */
function nameEdit(source: string, { nameSpan }: SourceConstruct, name: string): TextEdit {
  const { start, end } = nameSpan
  const isQuoted = /["']/.test(source.charAt(start))
  const isApart = /\s/.test(source.charAt(start - 1)) && /[\s{]/.test(source.charAt(end))
  return { start, end, text: isApart && !isQuoted ? printName(name) : printText(name) }
}

function propertyEdits(
  source: string,
  construct: SourceConstruct,
  header: ConstructHeader,
  changes: ConstructChanges,
): TextEdit[] {
  const indent = memberIndent(source, construct)
  const properties = construct.members.filter((member) => member.type === 'property')
  const found = new Map(properties.map((property) => [property.name, property]))
  const now = propertyValues(header.kind, header)
  const edits: TextEdit[] = []
  const added: PropertyLine[] = []
  const removed = new Set<SourceMember>()
  for (const [name, value] of Object.entries(propertyValues(header.kind, changes))) {
    if (value === undefined || isSame(value, now[name])) continue
    const property = found.get(name)
    if (property === undefined) {
      if (value !== null) added.push({ name, text: `${name} = ${printValue(value, indent)}` })
    } else if (value === null) {
      removed.add(property)
      edits.push({ ...removalOf(source, property.span), text: '' })
    } else {
      edits.push({ ...property.valueSpan, text: printValue(withUnknown(value, property), indent) })
    }
  }
  const rest = { ...construct, members: construct.members.filter((member) => !removed.has(member)) }
  return [...edits, ...insertProperties(source, rest, indent, added)]
}

function isSame(value: Value | null, other: Value | null | undefined): boolean {
  if (value === null || other === null || other === undefined) return value === (other ?? null)
  return printValue(value, '') === printValue(other, '')
}

/** Settings in the form of an object keep the entries that are not known here. */
function withUnknown(value: Value, { name, value: before }: SourceProperty): Value {
  if (name === 'actions' || value.type !== 'object' || before.type !== 'object') return value
  const known = new Set(value.entries.map((entry) => entry.key))
  return { ...value, entries: [...value.entries, ...before.entries.filter((entry) => !known.has(entry.key))] }
}
