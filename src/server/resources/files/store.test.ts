import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { uploadFile } from '#api/contract/files.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { deleteObjects, insertFile, objectsOfWorkspace } from './store.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const stored = (): string[] => readdirSync(join(app.dataDir, 'files'))
const upload = (workspace_id: number) =>
  app.call(uploadFile, {
    params: { workspace_id },
    body: {},
    file: { content: new Blob(['x']), name: 'x.txt' },
  })

it('the objects of one workspace can be named and removed, and no others', async () => {
  const [one, two] = [await makeWorkspace(app.database, 'One', []), await makeWorkspace(app.database, 'Two', [])]
  for (const workspace of [one, one, two]) await upload(workspace)
  const names = await objectsOfWorkspace(app.database.db, one)
  expect(names).toHaveLength(2)
  await deleteObjects(app.deps, names)
  expect(stored()).toEqual(await objectsOfWorkspace(app.database.db, two))
})

it('an object that cannot be removed does not keep the others', async () => {
  const workspace = await makeWorkspace(app.database, 'Three', [])
  await upload(workspace)
  const names = await objectsOfWorkspace(app.database.db, workspace)
  await deleteObjects(app.deps, ['../not a name', ...names])
  expect(stored().filter((name) => names.includes(name))).toEqual([])
})

it('a file whose workspace was deleted while it came is not listed', async () => {
  const file = { objectName: 'o', size: 1, sha256: '', name: 'x', mime: 'text/plain', meta: {} }
  const received = { ...file, type: 'attachment', access: 'public' } as const
  await expect(insertFile(app.database.db, 99_999, received, new Date())).rejects.toMatchObject({ code: 'not_found' })
})
