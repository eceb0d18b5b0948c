import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'
import type { z } from 'zod'

import { watchRoutes } from '../testing/operations.ts'
import { createTestApp } from '../testing/test-app.ts'

const SRC = join(import.meta.dirname, '../..')
/** A regular expression literal, where one may begin: after an operator, a bracket, a comma or `return`. */
const LITERAL =
  /(?<=(?:[(,=:[!&|?{};]|=>|return)\s*)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g

/** Every expression in the contract, the language and the server, by its source; tests and tools left out. */
function fromSource(): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of globSync('{api,server,xanoscript}/**/*.ts', { cwd: SRC })) {
    if (/\.test\.ts$|\/testing\/|-fixture\.ts$/.test(file)) continue
    const text = readFileSync(join(SRC, file), 'utf8')
    if (text.includes("from 'vitest'")) continue
    for (const [, source = '', flags = ''] of text.matchAll(LITERAL)) found.set(`/${source}/${flags}`, file)
  }
  return found
}

/** The expressions that zod checks text with, its own formats among them. */
function fromSchema(schema: z.ZodType, seen = new Set<unknown>(), found = new Set<string>()): Set<string> {
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof RegExp) found.add(String(value))
    else if ('_zod' in value) walk((Reflect.get(value, '_zod') as { def: unknown }).def)
    else for (const inner of Object.values(value)) walk(inner)
  }
  walk(schema)
  return found
}

/** Null for what only looked like an expression: two slashes in a comment. */
function compile(literal: string): RegExp | null {
  const end = literal.lastIndexOf('/')
  try {
    return new RegExp(literal.slice(1, end), literal.slice(end + 1))
  } catch {
    return null
  }
}

/** What is repeated to make a text hostile: each kind of character, and what the expression itself names. */
function pumpsOf(literal: string): string[] {
  const named = literal.match(/[A-Za-z0-9_%@:,.;<>-]{2,}/g) ?? []
  const signs = [...new Set(literal.replaceAll(/\\[dwsbDWSB]/g, ''))].filter((sign) => !/[\\^$*+?|()[\]]/.test(sign))
  return [
    ...new Set([
      ...'a0 A_-./\\"\'\t\n,:;{}()[]%=@'.split(''),
      'a0',
      'a.',
      'a ',
      ' a',
      'a-',
      '0:',
      '\\a',
      '""',
      ...named,
      ...signs,
    ]),
  ]
}

const HEADS = ['', 'a', '"']
const TAILS = ['', '\u0001', '\n\u0001']

/** Repetitions, growing: what is exponential shows at the small ones, what is quadratic at the large one. */
const COUNTS = [12, 18, 24, 8_000]
/** Quadratic ones that meet short texts only, with the longest. */
const BOUNDED: Record<string, number> = {
  // `DECIMAL_TEXT_MAX` is asked first.
  [String.raw`/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/`]: 400,
  // A field of a tar header has 12 bytes.
  [String.raw`/[\0 ]+$/`]: 12,
  // An address that the operator of the command line configures.
  [String.raw`/\/+$/`]: 200,
  // Runs of these signs are made one sign in the step before.
  '/^_+|_+$/g': 1,
  '/^-+|-+$/g': 1,
  [String.raw`/^[._]+|\.+$/g`]: 1,
}
/** A linear expression reads 8,000 repetitions in well under a millisecond; a quadratic one takes a hundred times as long. */
const SLOW_MS = 20
/** A machine that was busy with something else is no fault of the expression: the quickest of so many tries counts. */
const TRIES = 5

function timeOf(expression: RegExp, text: string): number {
  const began = performance.now()
  expression.lastIndex = 0
  expression.test(text)
  return performance.now() - began
}

function* hostileTexts(literal: string): Generator<{ text: string; words: string }> {
  const pumps = pumpsOf(literal)
  for (const count of COUNTS.map((usual) => Math.min(usual, BOUNDED[literal] ?? usual))) {
    for (const pump of pumps) {
      const body = pump.repeat(count)
      for (const head of HEADS) {
        for (const tail of TAILS) {
          yield { text: head + body + tail, words: `${count} times ${JSON.stringify([head, pump, tail])}` }
        }
      }
    }
  }
}

/** What makes the expression slow; null where nothing does. */
function slownessOf(literal: string): string | null {
  const expression = compile(literal)
  if (expression === null) return null
  for (const { text, words } of hostileTexts(literal)) {
    let ms = timeOf(expression, text)
    for (let n = 1; n < TRIES && ms > SLOW_MS; n += 1) ms = Math.min(ms, timeOf(expression, text))
    if (ms > SLOW_MS) return `${literal}: ${ms.toFixed(0)} ms for ${words}`
  }
  return null
}

test('the measure tells an exponential and a quadratic expression from a linear one', () => {
  expect(slownessOf('/^(a+)+$/')).toMatch(/ 2[0-9] times/)
  expect(slownessOf('/\\s+$/')).toMatch(/8000 times/)
  expect(slownessOf('/^[a-z0-9-]+$/')).toBeNull()
})

test('no expression in the contract, the language or the server is slow on a hostile text', () => {
  const found = fromSource()
  expect(found.size).toBeGreaterThan(100)
  const slow = [...found].flatMap(([literal, file]) => {
    const fault = slownessOf(literal)
    return fault === null ? [] : [`${file} ${fault}`]
  })
  expect(slow).toEqual([])
})

test('no expression that an operation’s schemas check text with is slow', async () => {
  const { built, served } = await watchRoutes(createTestApp)
  await built.close()
  const literals = new Set(
    served.endpoints.flatMap(({ params, query, body }) => [params, query, body].flatMap((one) => [...fromSchema(one)])),
  )
  expect(literals.size).toBeGreaterThan(10)
  expect([...literals].flatMap((literal) => slownessOf(literal) ?? [])).toEqual([])
})
