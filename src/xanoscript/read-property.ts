import { aKind } from './a-kind.ts'
import type { Construct, Property, Value } from './ast.ts'
import { NOWHERE, type Position, XanoScriptError } from './position.ts'

/** Properties of a block by name; whoever reads one takes it out, `finish` refuses what is left. */
export class PropertyReader {
  readonly #where: string
  readonly #properties: Map<string, Property>

  constructor(where: string, properties: readonly Property[]) {
    this.#where = where
    this.#properties = new Map(properties.map((property) => [property.name, property]))
  }

  value(name: string): Value | undefined {
    const property = this.#properties.get(name)
    this.#properties.delete(name)
    return property?.value
  }

  text(name: string): string | null {
    const value = this.value(name)
    return value === undefined ? null : readText(value, name)
  }

  flag(name: string): boolean | null {
    const value = this.value(name)
    if (value === undefined) return null
    if (value.type === 'bool') return value.value
    throw new XanoScriptError(`"${name}" is true or false`, value.at)
  }

  number(name: string): number | null {
    const value = this.value(name)
    if (value === undefined) return null
    if (value.type === 'number') return Number(value.text)
    throw new XanoScriptError(`"${name}" is a number`, value.at)
  }

  /** A number without sign and fraction. */
  count(name: string): number | null {
    const value = this.value(name)
    if (value === undefined) return null
    const number = value.type === 'number' ? Number(value.text) : Number.NaN
    if (Number.isSafeInteger(number) && number >= 0) return number
    throw new XanoScriptError(`"${name}" is a whole number from 0`, value.at)
  }

  texts(name: string): string[] | null {
    const value = this.value(name)
    return value === undefined ? null : readItems(value, name).map((item) => readText(item, name))
  }

  /** The reader of an object; its entries are read like properties. */
  object(name: string): PropertyReader | null {
    const value = this.value(name)
    return value === undefined ? null : new PropertyReader(`"${name}"`, readEntries(value, name))
  }

  /** Of the properties that nobody has read. */
  names(): string[] {
    return [...this.#properties.keys()]
  }

  finish(): void {
    for (const property of this.#properties.values()) {
      throw new XanoScriptError(`${this.#where} has no property "${property.name}"`, property.at)
    }
  }
}

/** Name and properties of a construct; refuses a missing name. */
export function openConstruct(construct: Construct): { name: string; reader: PropertyReader } {
  const { kind } = construct
  if (construct.name === null) throw new XanoScriptError(`${aKind(kind)} needs a name`, construct.at)
  const properties = construct.members.filter((member) => member.type === 'property')
  return { name: construct.name, reader: new PropertyReader(aKind(kind), properties) }
}

/** The text of a text, a bareword or a number. */
export function readText(value: Value, name: string): string {
  if (value.type === 'text' || value.type === 'word' || value.type === 'number') return value.text
  throw new XanoScriptError(`"${name}" is a text`, value.at)
}

export function readItems(value: Value, name: string): Value[] {
  if (value.type === 'array') return value.items
  throw new XanoScriptError(`"${name}" is a list`, value.at)
}

/** The entries of an object as properties. */
export function readEntries(value: Value, name: string): Property[] {
  if (value.type !== 'object') throw new XanoScriptError(`"${name}" is an object`, value.at)
  return value.entries.map((entry) => ({ type: 'property', name: entry.key, value: entry.value, at: entry.at }))
}

/** Refuses with the position of the node. */
export function refuse(message: string, node: { at: Position }): never {
  throw new XanoScriptError(message, node.at)
}

export function textValue(text: string): Value {
  return { type: 'text', text, at: NOWHERE }
}

export function flagValue(value: boolean): Value {
  return { type: 'bool', value, at: NOWHERE }
}

export function numberValue(number: number): Value {
  return { type: 'number', text: String(number), at: NOWHERE }
}

export function arrayValue(items: Value[]): Value {
  return { type: 'array', items, at: NOWHERE }
}

export function textsValue(texts: readonly string[]): Value {
  return arrayValue(texts.map(textValue))
}

/** An object value; entries without a value are left out. */
export function objectValue(entries: Record<string, Value | null>): Value {
  return {
    type: 'object',
    entries: Object.entries(entries).flatMap(([key, value]) => (value === null ? [] : [{ key, value, at: NOWHERE }])),
    at: NOWHERE,
  }
}

/** Properties in the given order; those without a value are left out. */
export function propertyNodes(values: Record<string, Value | null>): Property[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [{ type: 'property' as const, name, value, at: NOWHERE }],
  )
}
