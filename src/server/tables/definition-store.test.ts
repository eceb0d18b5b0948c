import { afterAll, expect, test } from 'vitest'

import { insertWorkspace } from '../db/workspace.ts'
import { createTestDatabase } from '../testing/test-database.ts'
import {
  deleteDefinition,
  getDefinition,
  insertDefinition,
  listDefinitions,
  lockDefinitions,
  updateDefinition,
} from './definition-store.ts'

const database = await createTestDatabase()
const { db } = database
const now = new Date('2026-11-21T10:00:00Z')
const { id: workspaceId } = await insertWorkspace(db, { name: 'w', description: '' }, now)
afterAll(() => database.close())

const ID = { name: 'id', type: 'int' } as const

test('a definition is stored with every setting said and comes back as it was stored', async () => {
  const made = await insertDefinition(
    db,
    workspaceId,
    { name: 'b', columns: [ID], indexes: [{ type: 'btree', fields: [{ name: 'id' }] }] },
    now,
  )
  expect(made).toMatchObject({
    workspaceId,
    name: 'b',
    description: '',
    auth: false,
    tag: [],
    createdAt: now,
    updatedAt: now,
  })
  expect(made.columns[0]).toMatchObject({ name: 'id', nullable: false, default: '', access: 'public', filters: null })
  expect(made.indexes[0]?.id).toMatch(/^[0-9a-f]{8}$/)
  expect(await getDefinition(db, workspaceId, made.id)).toEqual(made)
  const later = new Date('2026-11-22T10:00:00Z')
  const changed = await updateDefinition(db, made, { description: 'd', tag: ['x'] }, later)
  expect(changed).toEqual({ ...made, description: 'd', tag: ['x'], updatedAt: later })
  await insertDefinition(db, workspaceId, { name: 'a', columns: [ID], indexes: [] }, now)
  expect((await listDefinitions(db, workspaceId)).map((table) => table.name)).toEqual(['a', 'b'])
  await deleteDefinition(db, made)
  await expect(getDefinition(db, workspaceId, made.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateDefinition(db, made, { name: 'c' }, now)).rejects.toMatchObject({ code: 'not_found' })
})

test('an update that changes nothing writes nothing: the time of the last change stays', async () => {
  const draft = { name: 'still', columns: [ID], indexes: [{ type: 'btree' as const, fields: [{ name: 'id' }] }] }
  const made = await insertDefinition(db, workspaceId, draft, now)
  const later = new Date('2026-11-23T10:00:00Z')
  const { name, columns, indexes, tag } = made
  expect(await updateDefinition(db, made, { name, columns, indexes, tag, apiGroupGuid: null }, later)).toEqual(made)
  // Without their ids the indexes are still the same ones.
  expect(await updateDefinition(db, made, { columns: [ID], indexes: draft.indexes }, later)).toEqual(made)
  expect(await getDefinition(db, workspaceId, made.id)).toEqual(made)
  const tied = await updateDefinition(db, made, { apiGroupGuid: 'g' }, later)
  expect(tied).toEqual({ ...made, apiGroupGuid: 'g', updatedAt: later })
  await deleteDefinition(db, made)
})

test('what is missing is named: the workspace before the table', async () => {
  await expect(getDefinition(db, workspaceId, 999)).rejects.toMatchObject({ message: /^The table 999 / })
  await expect(getDefinition(db, 999, 999)).rejects.toMatchObject({ message: /^The workspace 999 / })
})

test('a name is taken whatever its case', async () => {
  await insertDefinition(db, workspaceId, { name: 'Taken', columns: [ID], indexes: [] }, now)
  const again = insertDefinition(db, workspaceId, { name: 'tAKEN', columns: [ID], indexes: [] }, now)
  await expect(again).rejects.toMatchObject({ code: 'invalid_input', payload: { param: 'name' } })
})

test('changes of one workspace wait for each other', async () => {
  const order: string[] = []
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const first = db.transaction().execute(async (trx) => {
    await lockDefinitions(trx, workspaceId)
    order.push('first in')
    await held
    order.push('first out')
  })
  await expect.poll(() => order).toEqual(['first in'])
  const second = db.transaction().execute(async (trx) => {
    await lockDefinitions(trx, workspaceId)
    order.push('second in')
  })
  await db.transaction().execute((trx) => lockDefinitions(trx, workspaceId + 1))
  release()
  await Promise.all([first, second])
  expect(order).toEqual(['first in', 'first out', 'second in'])
})
