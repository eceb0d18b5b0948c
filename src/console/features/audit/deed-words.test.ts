import { describe, expect, it } from 'vitest'

import type { AuditEntry } from '#api/contract/audit-console.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'

import { deedLine, kindWords, tryWords } from './deed-words.ts'
import { deedOf, pastOf } from './operation-words.ts'

type Entry = Parameters<typeof deedLine>[0]

const bea = { kind: 'user', id: 2, name: 'bea@b.co' }
const done = (action: string, target: AuditEntry['target'] = null, rest: Partial<Entry> = {}) =>
  deedLine({ action, outcome: 'done', target, before: null, after: null, detail: {}, address: '10.0.0.7', ...rest })

describe('what a record tells', () => {
  it('is what was done and to whom, where several operations change the same kind of thing', () => {
    expect(done('invitationCreate', { ...bea, kind: 'invitation' })).toBe('Invited bea@b.co')
    expect(done('invitationAccept', bea)).toBe('Accepted the invitation of bea@b.co')
    expect(done('totpConfirm', bea)).toBe('Turned on two-step sign-in')
    expect(done('memberUpdate', bea, { after: { disabled: true } })).toBe('Disabled the account of bea@b.co')
    expect(done('memberUpdate', bea, { after: { disabled: false } })).toBe('Enabled the account of bea@b.co')
    expect(done('memberUpdate', bea, { after: { role: 'admin', scopes: {} } })).toBe('Changed the role of bea@b.co')
    expect(done('memberUpdate', bea, { after: { workspaces: 'all' } })).toBe('Changed the access of bea@b.co')
  })

  it('names rows with their table, and things without a name by their number', () => {
    expect(done('contentUpdate', { kind: 'row', id: 5, name: 'orders' })).toBe('Changed row 5 of table orders')
    expect(done('contentBulkDelete', { kind: 'rows', id: 3, name: 'orders' })).toBe('Deleted rows of table orders')
    expect(done('tableDelete', { kind: 'table', id: 4, name: null })).toBe('Deleted table 4')
    expect(done('memberDelete', { ...bea, name: null })).toBe('Removed the account of person 2')
  })

  it('says of what was refused only what was tried', () => {
    const refused = { outcome: 'refused' } as const
    expect(done('tokenList', null, refused)).toBe('List tokens')
    expect(done('apigroupCreate', null, refused)).toBe('Create an API group')
    expect(done('memberDelete', null, refused)).toBe('Remove the account of somebody')
    expect(done('sessionCreate', bea, refused)).toBe('Sign in as bea@b.co')
    expect(done('callsRefused', null, { ...refused, detail: { count: 108 } })).toBe('108 more calls from 10.0.0.7')
  })

  it('tells pausing from resuming, and a sign-in that is not complete from one that is', () => {
    const nightly = { kind: 'schedule', id: 1, name: 'Nightly' }
    expect(done('schedulePause', nightly, { after: { paused: true } })).toBe('Paused schedule Nightly')
    expect(done('schedulePause', nightly, { after: { paused: false } })).toBe('Resumed schedule Nightly')
    expect(done('sessionCreate', bea, { detail: { needs: 'code' } })).toBe('Began to sign in as bea@b.co')
    expect(done('sessionCreate', bea)).toBe('Signed in as bea@b.co')
  })

  it('is readable of an operation that only a newer server knows', () => {
    expect(done('toolShelfDust', bea)).toBe('Tool shelf dust')
  })
})

it('every operation of the contract has words, and a past of its own', async () => {
  const modules = import.meta.glob<object>(['/src/api/contract/*.ts', '!**/*.test.ts'], { eager: true })
  const operations = Object.values(modules).flatMap((module) => Object.values(module).flatMap(operationsIn))
  expect(operations.length).toBeGreaterThan(300)
  const wordless = operations.filter(({ id }) => deedOf(id) === undefined).map(({ id }) => id)
  expect(wordless).toEqual([])
  const pastless = operations.flatMap(({ id }) => {
    const [deed = ''] = deedOf(id) ?? []
    return pastOf(deed) === deed && !/^(read|reset|set)\b/.test(deed) ? [deed] : []
  })
  expect(pastless.filter(Boolean)).toEqual([])
})

it('tells what an operation is, of whatever thing', () => {
  expect(
    ['tableUpdate', 'signInStepFinish', 'recoveryLook', 'memberUpdate', 'auditList', 'toolShelfDust'].map(tryWords),
  ).toEqual([
    'change a table',
    'finish signing in',
    'look at a recovery link',
    'change the account of somebody',
    'list the audit log',
    'tool shelf dust',
  ])
})

it('tells kinds as words', () => {
  expect(['api_group', 'oidc_provider', 'query', 'user', 'table'].map(kindWords)).toEqual([
    'API group',
    'OIDC provider',
    'endpoint',
    'account',
    'table',
  ])
})

/** An operation, or those that a module keeps together by kind. */
function operationsIn(value: unknown): Pick<Endpoint, 'id'>[] {
  if (typeof value !== 'object' || value === null) return []
  if ('id' in value && 'audited' in value) return [value as Endpoint]
  const isGroup = Object.getPrototypeOf(value) === Object.prototype
  return isGroup
    ? Object.values(value).filter((one): one is Endpoint => typeof one === 'object' && one !== null && 'audited' in one)
    : []
}
