import { afterAll, beforeAll, expect, test } from 'vitest'

import { listAudit } from '#api/contract/audit-console.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { targetOfPath } from './audit-target.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const query = async (text: string): Promise<unknown[]> => (await test$.database.pool.query(text)).rows
const create = (name: string): Promise<{ id: number }> => test$.call(createWorkspace, { body: { name } })
const kept = (): Promise<unknown[]> => query('select action from metadeck.audit_intent')

test('an operation that is done, and one that is refused, leave no intent', async () => {
  await create('Done')
  await expect(create('')).rejects.toMatchObject({ status: 400 })
  await expect.poll(kept).toEqual([])
  expect(await test$.call(listAudit, { query: { outcome: 'interrupted' } })).toMatchObject({ items: [] })
})

test('without an intent nothing is done, and the caller is told so; what is refused for its input has begun none', async () => {
  await query('alter table metadeck.audit_intent rename to not_there')
  await expect(create('')).rejects.toMatchObject({ status: 400 })
  await expect(create('Unannounced')).rejects.toMatchObject({ status: 503, retryAfterSeconds: 2 })
  await query('alter table metadeck.not_there rename to audit_intent')
  expect(await query(`select from metadeck.workspace where name = 'Unannounced'`)).toEqual([])
  expect((await create('Announced')).id).toBeGreaterThan(0)
})

test('a write that is done and cannot be recorded fails, and is recorded as interrupted', async () => {
  await query(`alter table metadeck.audit_record
    add constraint no_more check (action <> 'workspaceCreate' or outcome <> 'done') not valid`)
  await expect(create('Half done')).rejects.toMatchObject({ status: 500 })
  await query('alter table metadeck.audit_record drop constraint no_more')
  expect(await query(`select from metadeck.workspace where name = 'Half done'`)).toHaveLength(1)
  const interrupted = async () => (await test$.call(listAudit, { query: { outcome: 'interrupted' } })).items
  await expect.poll(interrupted).toMatchObject([
    {
      action: 'workspaceCreate',
      type: 'create',
      message: expect.stringMatching(/^test \(mdk_.*\) began workspaceCreate; it is not known whether it took effect$/),
      detail: { reason: 'failed' },
    },
  ])
  expect(await kept()).toEqual([])
})

test.each([
  ['/api:meta/workspace/{workspace_id}', { workspace_id: '3' }, 3, { kind: 'workspace', id: 3 }],
  [
    '/api:meta/workspace/{workspace_id}/table/{table_id}/content/{content_id}',
    { workspace_id: '3', table_id: '4', content_id: '5' },
    3,
    { kind: 'row', id: 5 },
  ],
  [
    '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
    { workspace_id: '3', apigroup_id: '9' },
    3,
    { kind: 'api_group', id: 9 },
  ],
  ['/api:console/oidc-providers/{id}/test', { id: '2' }, null, { kind: 'oidc_provider', id: 2 }],
  ['/api:console/members/{id}', { id: '2' }, null, { kind: 'user', id: 2 }],
  ['/api:console/backups/{id}/drill/cancel', { id: '12' }, null, { kind: 'backup', id: 12 }],
  ['/api:console/tokens', {}, null, {}],
  [
    '/api:meta/workspace/{workspace_id}/branch/{branch_label}',
    { workspace_id: '3', branch_label: 'v1' },
    3,
    { kind: 'workspace', id: 3 },
  ],
  ['/api:console/tokens/{id}', { id: '-1; drop' }, null, {}],
])('what a path tells of the thing: %s', (path, params, workspaceId, target) => {
  expect(targetOfPath(path, params)).toEqual({ workspaceId, target })
})
