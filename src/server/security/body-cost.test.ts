import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it, test } from 'vitest'
import { z } from 'zod'

import { searchAuditLog } from '#api/contract/audit-log.ts'
import { bulkCreateContent, bulkDeleteContent, bulkPatchContent } from '#api/contract/content.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import { createRestore } from '#api/contract/restores.ts'
import { createTable } from '#api/contract/tables.ts'
import { createToken } from '#api/contract/tokens.ts'

import { AppError } from '../errors.ts'
import { parseInput } from '../route.ts'

const CONTRACT = join(import.meta.dirname, '../../api/contract')
/** Faults of one list that are told. */
const FAULTS_MAX = 50
/** Lists that may be as long as the body: a document says the same, and what was read can be sent back. */
const OF_DOCUMENTS =
  /\.(tag|headers|env|values|children|fields|args)$|^(backupList|restoreList) query\.status$|\.default\|$/

interface Place {
  place: string
  schema: z.core.$ZodType
}

describe('what is sent to the server', () => {
  const found: Place[] = []

  beforeAll(async () => {
    for (const file of readdirSync(CONTRACT).filter((name) => /^[\w-]+\.ts$/.test(name))) {
      const members = Object.values((await import(join(CONTRACT, file))) as Record<string, unknown>)
      for (const one of members.flatMap(endpointsIn)) {
        for (const part of ['params', 'query', 'body'] as const) walk(found, one[part], `${one.id} ${part}`)
      }
    }
  })

  const ofKind = (kind: string): Place[] => found.filter(({ schema }) => definitionOf(schema)['type'] === kind)
  const isA = ({ schema: { _zod: inner } }: Place, trait: string): boolean => inner.traits.has(trait)
  const names = (places: Place[]): string[] => places.map(({ place }) => place)

  it('has no list that is read on behind its first few faults, and none without a bound but what documents have', () => {
    const lists = ofKind('array')
    expect(lists.length).toBeGreaterThan(40)
    expect(names(lists.filter((one) => !isA(one, 'List') && boundOf(one) > FAULTS_MAX))).toEqual([])
    expect(names(lists.filter((one) => boundOf(one) === Infinity && !OF_DOCUMENTS.test(one.place)))).toEqual([])
  })

  it('has no object with names of the sender that is read on behind the first few faults of its values', () => {
    const records = ofKind('record').filter(({ schema }) => {
      const { keyType, valueType } = definitionOf(schema)
      // Of known names there are few, and what takes anything has no faults.
      return !(keyType instanceof z.ZodEnum) && !(valueType instanceof z.ZodUnknown)
    })
    expect(records.length).toBeGreaterThan(3)
    expect(names(records.filter((one) => !isA(one, 'Dictionary')))).toEqual([])
  })
})

function endpointsIn(member: unknown): Endpoint[] {
  if (typeof member !== 'object' || member === null || '_zod' in member) return []
  if ('method' in member && 'path' in member) return [member as Endpoint]
  return Object.values(member).flatMap((inner) =>
    typeof inner === 'object' && inner !== null && 'method' in inner ? [inner as Endpoint] : [],
  )
}

/** Adds the schema and all in it. */
function walk(found: Place[], value: unknown, place: string, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (!('_zod' in value)) {
    for (const [name, inner] of Object.entries(value)) {
      walk(found, inner, Array.isArray(value) ? `${place}|` : `${place}.${name}`, seen)
    }
    return
  }
  const schema = value as z.core.$ZodType
  found.push({ place, schema })
  const { getter, ...inner } = definitionOf(schema)
  if (typeof getter === 'function') walk(found, (getter as () => unknown)(), place, seen)
  for (const [name, one] of Object.entries(inner)) walk(found, one, name === 'element' ? `${place}[]` : place, seen)
}

function definitionOf({ _zod: inner }: z.core.$ZodType): Record<string, unknown> {
  return inner.def as unknown as Record<string, unknown>
}

function boundOf({ schema }: Place): number {
  const checks = (definitionOf(schema)['checks'] ?? []) as z.core.$ZodCheck[]
  return Math.min(...checks.map(({ _zod: { def } }) => ('maximum' in def ? Number(def.maximum) : Infinity)))
}

/** Milliseconds of the processor that this takes. */
function costOf(work: () => unknown): number {
  const began = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1_000
}

const MEGABYTE = 1_048_576
const filled = (before: string, element: string, after: string, bytes = 4 * MEGABYTE): string =>
  `${before}${`${element},`.repeat(bytes / (element.length + 1))}${element}${after}`
const named = (count: number): string => Array.from({ length: count }, (_none, at) => `"k${at}":1`).join(',')

test.each([
  ['rows to delete', bulkDeleteContent, filled('{"row_ids":[', '1.5', ']}')],
  ['rows to add', bulkCreateContent, filled('{"items":[', '1', ']}')],
  ['rows to change', bulkPatchContent, filled('{"items":[', '{}', ']}', MEGABYTE)],
  ['conditions', searchAuditLog, filled('{"search":[', '1', ']}')],
  ['directions', searchAuditLog, filled('{"sort":[', '{"id":1}', ']}', MEGABYTE)],
  ['directions by name', searchAuditLog, `{"sort":{${named(100_000)}}}`],
  ['columns', createTable, filled('{"name":"t","schema":[', '{}', ']}', MEGABYTE)],
  ['columns in a column', createTable, filled('{"name":"t","schema":[{"children":[', '1', ']}]}')],
  ['workspaces', createToken, filled('{"name":"t","workspaces":[', '"x"', '],"scopes":{}}')],
  ['ids by table', createRestore, filled('{"rowIds":{"t":[', 'null', ']}}')],
])('%s that are refused, megabytes of them, cost about as much as reading the JSON', (_what, endpoint, text) => {
  const { body }: Endpoint = endpoint
  let sent: unknown
  const read = costOf(() => (sent = JSON.parse(text)))
  const refuse = (): unknown => expect(() => parseInput(body, sent)).toThrow(AppError)
  expect(Math.min(costOf(refuse), costOf(refuse))).toBeLessThan(2 * read)
})
