import { describe, expect, it } from 'vitest'

import { begunAt, headText, otherFacts, outcomeWords, readHead, recordTitle, refusalWords } from './audit-words.ts'

describe('a record in words', () => {
  it('names the scope that was missing, or what the answer was', () => {
    expect(refusalWords({ detail: { status: 403, scope: 'workspace:content:read' } })).toBe(
      'It lacks the scope Workspace Content: Read.',
    )
    expect(refusalWords({ detail: { status: 403, reason: 'cross_origin' } })).toBe(
      'It came from another site. Answered with 403.',
    )
    expect(refusalWords({ detail: { status: 403, scope: 'made:up:thing' } })).toContain('made:up:thing')
    expect(refusalWords({ detail: {} })).toBe('')
  })

  it('tells what else was noted', () => {
    expect(otherFacts({ detail: { status: 403, tokens: [1], none: null } })).toEqual([['tokens', [1]]])
  })
})

describe('a record whose outcome is not plain', () => {
  const target = { kind: 'table', id: 4, name: 'orders' }
  const interrupted = {
    action: 'tableUpdate',
    target,
    before: null,
    after: null,
    address: '10.0.0.1',
    outcome: 'interrupted' as const,
    detail: { begunAt: '2026-11-20T02:00:00.000Z', branch: 'v1' },
  }

  it('does not say of an interrupted operation that anything was changed', () => {
    expect(recordTitle(interrupted)).toBe('Interrupted: change table orders')
    expect(recordTitle({ ...interrupted, target: null })).toBe('Interrupted: change a table')
    expect(outcomeWords(interrupted)).toMatch(/^It is not known whether this took effect: the process died/)
    expect(outcomeWords({ ...interrupted, detail: { reason: 'failed' } })).toMatch(/it failed unexpectedly/)
  })

  it('tells when it began, once', () => {
    expect(begunAt(interrupted)).toBe('2026-11-20T02:00:00.000Z')
    expect(begunAt({ ...interrupted, outcome: 'done' })).toBeUndefined()
    expect(begunAt({ ...interrupted, detail: { begunAt: 'yesterday' } })).toBeUndefined()
    expect(otherFacts(interrupted)).toEqual([['branch', 'v1']])
  })

  it('names the operation that was refused, and what was done simply', () => {
    expect(recordTitle({ ...interrupted, outcome: 'refused' })).toBe('Refused: change table orders')
    expect(recordTitle({ ...interrupted, outcome: 'done' })).toBe('Changed table orders')
    expect(outcomeWords({ outcome: 'done', detail: {} })).toBe('')
  })
})

it('a head that was copied can be read again, and nothing else can', () => {
  const head = { sequence: 812, hash: 'a0'.repeat(32) }
  expect(readHead(headText(head))).toEqual(head)
  expect(readHead(`  812  ${head.hash.toUpperCase()} `)).toEqual(head)
  for (const line of ['', '812', `0:${'0'.repeat(64)}`, `812:${'a0'.repeat(31)}`, `x:${head.hash}`])
    expect(readHead(line)).toBeUndefined()
})
