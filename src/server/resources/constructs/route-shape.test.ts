import { expect, test } from 'vitest'

import { canBeSameRoute, faultOfRoute } from './route-shape.ts'

test('two names collide where one address can mean both', () => {
  for (const [a, b] of [
    ['{id}', '{other}'],
    ['{id}', 'open'],
    ['item/{id}', 'item/open'],
    ['ITEM/{id}', 'item/Open'],
    ['{a}/open', 'item/{b}'],
    ['report-{year}', 'report-2026'],
    ['report-{year}', '{name}'],
    ['report-{year}', '{name}.pdf'],
    ['{a}-{b}{c}.{d}', 'x-yz.pdf'],
    ['open', 'Open'],
  ] as const) {
    expect([a, b, canBeSameRoute(a, b), canBeSameRoute(b, a)]).toEqual([a, b, true, true])
  }
})

test('names of other lengths, or with a part that never fits, do not collide', () => {
  for (const [a, b] of [
    ['item/{id}', 'open'],
    ['{id}', 'item/open'],
    ['item/{id}', 'order/{id}'],
    ['{a}/open', '{b}/closed'],
    ['{a}/open', 'item/closed'],
    ['report-{year}', 'open'],
    ['report-{year}', 'report-'],
    ['report-{year}', 'invoice-{year}'],
    ['{name}.pdf', '{name}.csv'],
    ['{two words}', 'open'],
    ['{a}-{b}{c}.{d}', 'x-y.pdf'],
    ['a.c', 'abc'],
  ] as const) {
    expect([a, b, canBeSameRoute(a, b), canBeSameRoute(b, a)]).toEqual([a, b, false, false])
  }
})

test('a name must be an address: no ? or #, no part that is empty or blank', () => {
  for (const name of ['a?b', 'a#b', '/a', 'a/', 'a//b', '/', 'a/ /b', ' /a', 'a/\u{A0}']) {
    expect([name, faultOfRoute(name)]).toEqual([name, expect.any(String)])
  }
  for (const name of ['a', 'a b/{id}', 'a.b/c-d_e', 'ünï/🙂']) expect([name, faultOfRoute(name)]).toEqual([name, null])
})

test('a name of many parameters takes no time', () => {
  expect(canBeSameRoute('{a}'.repeat(66) + 'b', 'a'.repeat(200))).toBe(false)
})
