import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { dictionary, list } from './list.ts'

const FAULTS_MAX = 50

describe('a list', () => {
  it('takes what its elements take, as they make it, and keeps its own rules', () => {
    const schema = list(z.string().transform(Number))
      .min(1)
      .max(3)
      .overwrite((all) => all.toSorted((a, b) => a - b))
    expect(schema.parse(['2', '1'])).toEqual([1, 2])
    expect(list(z.string().default('x')).parse([undefined, 'y'])).toEqual(['x', 'y'])
    for (const refused of [[], ['1', '2', '3', '4'], '1', null, { length: 1 }]) {
      expect(schema.safeParse(refused).success).toBe(false)
    }
  })

  it('tells each fault at its place, up to a number, and reads nothing behind that', () => {
    let read = 0
    const element = z.number().refine(() => (read += 1) < 0)
    const { error } = list(element).safeParse(Array.from({ length: 1_000 }, (_none, at) => at))
    expect(error?.issues.map(({ path }) => path)).toEqual(Array.from({ length: FAULTS_MAX }, (_none, at) => [at]))
    expect(read).toBe(FAULTS_MAX)
  })

  it('of lists stops as soon as all of them together had that many', () => {
    const sent = Array.from({ length: 200 }, () => Array.from({ length: 40 }, () => 'x'))
    const { error } = list(list(z.number())).safeParse(sent)
    expect(error?.issues).toHaveLength(80)
  })

  it('that was not read to its end is not judged as a whole, whatever its faults', () => {
    let judged = 0
    const schema = list(z.string().max(1)).superRefine(() => void (judged += 1))
    schema.safeParse(['ab'])
    schema.safeParse(Array.from({ length: 100 }, () => 'ab'))
    expect(judged).toBe(1)
  })

  it('that is too long is refused before any element is read', () => {
    let read = 0
    const schema = list(z.number().refine(() => (read += 1) < 0)).max(5)
    const { error } = schema.safeParse([1, 2, 3, 4, 5, 6])
    expect([error?.issues.map(({ code }) => code), read]).toEqual([['too_big'], 0])
  })

  it('is described as any other', () => {
    expect(z.toJSONSchema(list(z.string()).max(3))).toEqual(z.toJSONSchema(z.array(z.string()).max(3)))
  })
})

describe('a dictionary', () => {
  it('takes what its values take, under their names', () => {
    const schema = dictionary(z.string().transform(Number))
    expect(schema.parse({ a: '1', b: '2' })).toEqual({ a: 1, b: 2 })
    expect(schema.safeParse([]).success || schema.safeParse(null).success || schema.safeParse('a').success).toBe(false)
    expect(schema.parse(JSON.parse('{"__proto__":"1"}'))).toEqual({})
  })

  it('stops at the first few faults', () => {
    const sent = Object.fromEntries(Array.from({ length: 1_000 }, (_none, at) => [`k${at}`, 'x']))
    const { error } = dictionary(z.number()).safeParse(sent)
    expect(error?.issues).toHaveLength(FAULTS_MAX)
    expect(error?.issues[7]?.path).toEqual(['k7'])
  })
})
