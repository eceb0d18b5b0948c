import { z } from 'zod'

/**
 * So many faults of one list or dictionary are told; what comes behind them is not looked at. Whoever sends more of them
 * knows enough, and a large body of nothing but faults costs no more than reading it.
 */
const FAULTS_MAX = 50

type Payload = z.core.ParsePayload
type Context = z.core.ParseContextInternal

/** What the schema of an element makes of it; its faults go to those of the whole. */
function read(whole: Payload, key: PropertyKey, { _zod: schema }: z.core.SomeType, value: unknown, context: Context) {
  const result = schema.run({ value, issues: [] }, context)
  if (result instanceof Promise) throw new z.core.$ZodAsyncError()
  if (result.issues.length > 0) whole.issues.push(...z.core.util.prefixIssues(key, result.issues))
  return result.value
}

/** True where no more is to be read. Then nothing may judge the whole either: the rest of it is not there. */
function isFull({ issues }: Payload): boolean {
  if (issues.length < FAULTS_MAX) return false
  const last = issues.at(-1)
  if (last !== undefined) issues[issues.length - 1] = { ...last, continue: false }
  return true
}

const List = z.core.$constructor<z.ZodArray, z.core.$ZodArrayDef>('List', (inst, definition) => {
  z.ZodArray.init(inst, definition)
  const { _zod: schema } = inst
  const parse = schema.parse.bind(schema)
  const tooLong = longest(definition)
  schema.parse = (payload, context) => {
    const sent: unknown = payload.value
    if (!Array.isArray(sent) || sent.length > tooLong) return parse(payload, context)
    const taken: unknown[] = []
    for (let at = 0; at < sent.length && !isFull(payload); at += 1) {
      taken.push(read(payload, at, definition.element, sent[at], context))
    }
    payload.value = taken
    return payload
  }
})

/** Of too many elements the library itself looks at none. */
function longest({ checks = [] }: z.core.$ZodArrayDef): number {
  return Math.min(...checks.map(({ _zod: { def } }) => ('maximum' in def ? Number(def.maximum) : Infinity)))
}

/**
 * A list in what is sent to the server, in place of `z.array`: it stops at the first few faults, and not at the end of
 * the list. Give it a `.max()` wherever there is a natural bound.
 */
export function list<Element extends z.core.SomeType>(element: Element): z.ZodArray<Element> {
  return new List({ type: 'array', element } as unknown as z.core.$ZodArrayDef) as unknown as z.ZodArray<Element>
}

const Dictionary = z.core.$constructor<z.ZodRecord, z.core.$ZodRecordDef>('Dictionary', (inst, definition) => {
  z.ZodRecord.init(inst, definition)
  const { _zod: schema } = inst
  const parse = schema.parse.bind(schema)
  schema.parse = (payload, context) => {
    const sent = payload.value
    if (!z.core.util.isPlainObject(sent)) return parse(payload, context)
    const taken: [string, unknown][] = []
    for (const key of Object.keys(sent)) {
      if (isFull(payload)) break
      if (key !== '__proto__') taken.push([key, read(payload, key, definition.valueType, sent[key], context)])
    }
    payload.value = Object.fromEntries(taken)
    return payload
  }
})

/** An object with any names in what is sent to the server, in place of `z.record`: it stops at the first few faults. */
export function dictionary<Value extends z.core.SomeType>(value: Value): z.ZodRecord<z.ZodString, Value> {
  const definition = { type: 'record', keyType: z.string(), valueType: value }
  return new Dictionary(definition as unknown as z.core.$ZodRecordDef) as unknown as z.ZodRecord<z.ZodString, Value>
}
