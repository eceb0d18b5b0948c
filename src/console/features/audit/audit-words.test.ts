import { describe, expect, it } from 'vitest'

import type { AuditEntry } from '#api/contract/audit-console.ts'

import { headText, kindWords, otherFacts, readHead, refusalWords, whatWords } from './audit-words.ts'

const actor: AuditEntry['actor'] = { kind: 'session', id: 1, label: 'ann@example.com', person: null }
const what = (message: string, action: string) => whatWords({ message, action, actor })

describe('a record in words', () => {
  it('says what happened without who and by which operation, which stand beside it', () => {
    expect(what('table "orders" was changed by ann@example.com (tableUpdate)', 'tableUpdate')).toBe(
      'table "orders" was changed',
    )
    expect(what('ann@example.com signed in (sessionCreate)', 'sessionCreate')).toBe('signed in')
    expect(what('ann@example.com was refused (tableUpdate)', 'tableUpdate')).toBe('was refused')
    expect(what('7 more calls from 10.0.0.1 were refused', 'callsRefused')).toBe(
      '7 more calls from 10.0.0.1 were refused',
    )
  })

  it('names the scope that was missing, or what the answer was', () => {
    expect(refusalWords({ detail: { status: 403, scope: 'workspace:content:read' } })).toBe(
      'It lacks the scope Workspace Content: Read.',
    )
    expect(refusalWords({ detail: { status: 403, reason: 'cross_origin' } })).toBe('Answered with 403 (cross origin).')
    expect(refusalWords({ detail: { status: 403, scope: 'made:up:thing' } })).toContain('made:up:thing')
    expect(refusalWords({ detail: {} })).toBe('')
  })

  it('tells kinds as words, and what else was noted', () => {
    expect([kindWords('api_group'), kindWords('oidc_provider'), kindWords('table')]).toEqual([
      'API group',
      'OIDC provider',
      'table',
    ])
    expect(otherFacts({ detail: { status: 403, tokens: [1], none: null } })).toEqual([['tokens', [1]]])
  })
})

it('a head that was copied can be read again, and nothing else can', () => {
  const head = { sequence: 812, hash: 'a0'.repeat(32) }
  expect(readHead(headText(head))).toEqual(head)
  expect(readHead(`  812  ${head.hash.toUpperCase()} `)).toEqual(head)
  for (const line of ['', '812', `812:${'a0'.repeat(31)}`, `x:${head.hash}`]) expect(readHead(line)).toBeUndefined()
})
