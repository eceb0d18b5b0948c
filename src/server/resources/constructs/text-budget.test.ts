import { afterAll, beforeAll, expect, test } from 'vitest'

import { createApiGroup } from '#api/contract/api-groups.ts'
import { functions } from '#api/contract/functions.ts'
import { getWorkspaceOpenapi } from '#api/contract/openapi-documents.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Large' } })).id
  const params = { workspace_id }
  for (let at = 0; at < 3; at += 1) {
    await test$.call(functions.create, { params, xanoscript: `function f${at} {\n  stack {\n  }\n}\n` })
  }
  // Texts of 25 MB each, which compress to nothing on disk: three are more than one answer may hold, two are not.
  await test$.database.db
    .updateTable('construct')
    .set((row) => ({ text: row.fn('concat', ['text', row.fn('repeat', [row.val('\n'), row.lit(26_214_400)])]) }))
    .execute()
})
afterAll(() => test$.close())

test('a page with too much text is refused with what to do, and a smaller one is answered', async () => {
  const list = (per_page: number) => test$.call(functions.list, { params: { workspace_id }, query: { per_page } })
  await expect(list(50)).rejects.toMatchObject({ status: 413, message: expect.stringMatching(/per_page/) as string })
  expect((await list(1)).items).toHaveLength(1)
})

test('documents of too much text are refused, too', async () => {
  await test$.database.db
    .updateTable('construct')
    .set({ kind: 'query', verb: 'GET', api_group_id: await groupId() })
    .execute()
  await expect(test$.call(getWorkspaceOpenapi, { params: { workspace_id } })).rejects.toMatchObject({ status: 413 })
})

async function groupId(): Promise<number> {
  const body = { name: 'large', description: '', swagger: true }
  return (await test$.call(createApiGroup, { params: { workspace_id }, body })).id
}
