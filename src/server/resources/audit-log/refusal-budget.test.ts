import { expect, it } from 'vitest'

import type { AuditActor } from './new-record.ts'
import {
  createRefusalBudget,
  MANY_ADDRESSES,
  REFUSAL_WINDOW_MS,
  REFUSALS_PER_ADDRESS,
  REFUSALS_TOTAL,
} from './refusal-budget.ts'

const ann = person(1, 'ann@example.com')

function person(id: number, actor_label: string): AuditActor {
  return { actor_kind: 'session', actor_id: id, actor_label, person_id: id, person_email: actor_label }
}

const at = (ms: number): Date => new Date(1_700_000_000_000 + ms)

it('an address is recorded so often a minute, and counted beyond', () => {
  const budget = createRefusalBudget()
  const taken = Array.from({ length: REFUSALS_PER_ADDRESS + 5 }, () => budget.take('10.0.0.1', ann, at(0)))
  expect(taken.filter(Boolean)).toHaveLength(REFUSALS_PER_ADDRESS)
  expect(budget.take('10.0.0.2', ann, at(0))).toBe(true)
  expect(budget.drain(at(1_000))).toEqual([])
  expect(budget.drain(at(REFUSAL_WINDOW_MS))).toEqual([{ address: '10.0.0.1', count: 5, actors: [ann] }])
  expect(budget.drain(at(REFUSAL_WINDOW_MS))).toEqual([])
  expect(budget.take('10.0.0.1', ann, at(REFUSAL_WINDOW_MS))).toBe(true)
})

it('what was counted is told when the process ends within the minute', () => {
  const budget = createRefusalBudget()
  for (let call = 0; call <= REFUSALS_PER_ADDRESS; call += 1) budget.take('10.0.0.1', ann, at(0))
  expect(budget.drain(at(1), { all: true })).toEqual([{ address: '10.0.0.1', count: 1, actors: [ann] }])
})

it('changing the address within one network of IPv6 gives no more', () => {
  const budget = createRefusalBudget()
  const taken = Array.from({ length: 40 }, (_, n) => budget.take(`2001:db8::${(n + 1).toString(16)}`, ann, at(0)))
  expect(taken.filter(Boolean)).toHaveLength(REFUSALS_PER_ADDRESS)
  expect(budget.take('2001:db8:0:1::1', ann, at(0))).toBe(true)
  expect(budget.take('::ffff:10.0.0.1', ann, at(0))).toBe(true)
  expect(budget.drain(at(REFUSAL_WINDOW_MS))).toEqual([{ address: '2001:db8:0:0::/64', count: 30, actors: [ann] }])
})

it('very many addresses fill neither the log nor the memory, and none of their calls is lost', () => {
  const budget = createRefusalBudget()
  let recorded = 0
  const calls = 50_000
  for (let n = 0; n < calls; n += 1) {
    if (budget.take(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, ann, at(0))) recorded += 1
  }
  expect(recorded).toBe(REFUSALS_TOTAL)
  const told = budget.drain(at(REFUSAL_WINDOW_MS))
  expect(told).toHaveLength(REFUSALS_PER_ADDRESS + 1)
  expect(told.some(({ address }) => address === MANY_ADDRESSES)).toBe(true)
  expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(calls - recorded)
})

it('whose calls were only counted is told, of few callers', () => {
  const budget = createRefusalBudget()
  for (let call = 0; call < REFUSALS_PER_ADDRESS; call += 1) budget.take('10.0.0.1', ann, at(0))
  const others = Array.from({ length: 40 }, (_, n) => person(n + 2, `${n}@example.com`))
  for (const other of [...others, ...others]) budget.take('10.0.0.1', other, at(0))
  const [told] = budget.drain(at(REFUSAL_WINDOW_MS))
  expect(told).toMatchObject({ count: 80, actors: others.slice(0, 5) })
})
