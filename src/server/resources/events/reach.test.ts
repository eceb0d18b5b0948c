import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'

import { EventResource } from '#api/contract/event-resource.ts'
import type { ServerEvent } from '#api/contract/events.ts'
import { SCOPE_NAMES, type Scopes } from '#api/contract/scopes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import type { Caller } from '../../caller.ts'
import type { Role } from '../../db/tables.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn } from '../members/member-fixture.ts'
import { mayHear } from './reach.ts'
import { READERS } from './readers.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const MEMBER: Caller = {
  kind: 'session',
  id: 7,
  label: 'm@example.com',
  user: { id: 7, name: 'M', email: 'm@example.com', role: 'member' },
  scopes: {},
  workspaces: 'all',
  expiresAt: null,
}
const changed = (resource: EventResource): ServerEvent => ({ type: 'changed', resource })
const progress = (resource: 'backups' | 'restores', workspaceId: number | null): ServerEvent => ({
  type: 'progress',
  resource,
  id: 1,
  item: { workspaceId },
})

/** Scopes that alone let a member hear of a resource; or `everybody`, or nobody but `admins`. */
const HEARD_WITH: Record<EventResource, string> = {
  workspaces: 'everybody',
  tables: 'workspace:database',
  content: 'workspace:content',
  'api-groups': 'workspace:api',
  constructs: 'instance:workspace workspace:database workspace:api workspace:function workspace:addon workspace:task',
  files: 'workspace:file',
  tokens: 'everybody',
  members: 'admins',
  backups: 'instance:workspace',
  restores: 'instance:workspace',
  targets: 'instance:workspace',
  schedules: 'instance:workspace',
  notifications: 'admins',
}

/** The same, as it is. */
function heardWith(resource: EventResource): string {
  const hears = (scopes: Scopes) => mayHear({ ...MEMBER, scopes }, changed(resource))
  if (hears({})) return 'everybody'
  return SCOPE_NAMES.filter((name) => hears({ [name]: 'r' })).join(' ') || 'admins'
}

test('every resource declares who hears of it, and whoever lacks the scope hears nothing', () => {
  expect(Object.keys(READERS).toSorted()).toEqual(EventResource.options.toSorted())
  expect(Object.fromEntries(EventResource.options.map((resource) => [resource, heardWith(resource)]))).toEqual(
    HEARD_WITH,
  )
  const admin = { ...MEMBER, user: { id: 8, name: 'A', email: 'a@example.com', role: 'admin' as const } }
  expect(mayHear(admin, changed('members')) && mayHear(admin, changed('notifications'))).toBe(true)
})

test('progress tells a whole item, and only whoever may read it', () => {
  for (const resource of ['backups', 'restores'] as const) {
    const hears = (scopes: Scopes, workspaces: Caller['workspaces'], of: number | null) =>
      mayHear({ ...MEMBER, scopes, workspaces }, progress(resource, of))
    expect(hears({ 'workspace:log': 'r', 'workspace:content': 'crud' }, 'all', 1)).toBe(false)
    expect(hears({ 'instance:workspace': 'cud' }, 'all', 1)).toBe(false)
    const reading = { 'instance:workspace': 'r' }
    expect([1, 2, null].map((id) => hears(reading, [1], id))).toEqual([true, false, false])
    expect(hears(reading, 'all', null)).toBe(true)
  }
})

test('everybody hears of their own account, and a member of no other', () => {
  const of = (id?: number): ServerEvent => ({
    type: 'changed',
    resource: 'members',
    ...(id === undefined ? {} : { id }),
  })
  expect([of(7), of(8), of()].map((event) => mayHear(MEMBER, event))).toEqual([true, false, false])
})

describe('what is heard of is what is let in', () => {
  let workspaceId: number

  beforeAll(async () => {
    workspaceId = (await test$.call(createWorkspace, { body: { name: 'One' } })).id
  })

  /** The status of the first operation that lets this person in; 403 where none does. */
  async function statusOf({ headers }: SignedIn, resource: EventResource): Promise<number> {
    for (const { method, path } of READERS[resource].reads) {
      const url = path.replace('{workspace_id}', String(workspaceId)).replaceAll(/\{\w+\}/g, '1')
      const { statusCode } = await test$.app.inject({ method, url, headers })
      if (statusCode !== 403) return statusCode
    }
    return 403
  }

  it.each([
    ['member', { 'workspace:log': 'r' }, false],
    ['member', { 'instance:workspace': 'r', 'workspace:file': 'r' }, false],
    ['member', { 'instance:workspace': 'r', 'workspace:content': 'r', 'workspace:livedatasource': 'r' }, true],
    ['admin', {}, false],
  ] as [Role, Scopes, boolean][])('for the %s with %o, limited to a workspace: %s', async (role, scopes, isLimited) => {
    const workspaces = isLimited ? [workspaceId] : ('all' as const)
    const person = await addMember(test$, role, { scopes, workspaces })
    const user = { id: person.id, name: '', email: person.email, role }
    const held = role === 'admin' ? Object.fromEntries(SCOPE_NAMES.map((name) => [name, 'crud'])) : scopes
    const caller = { ...MEMBER, id: person.id, user, scopes: held, workspaces }
    for (const resource of EventResource.options) {
      const status = await statusOf(person, resource)
      expect(`${resource} ${mayHear(caller, changed(resource))}`).toBe(`${resource} ${status !== 403}`)
      expect([200, 403, 404]).toContain(status)
    }
  })
})
