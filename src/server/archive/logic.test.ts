import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { parseApiGroup } from '#xanoscript/settings-document.ts'

import { readBranch } from '../db/workspace.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { addGroup, archiveOf, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { importSchema } from './import-schema.ts'
import { importArchive, type ImportTarget } from './import.ts'
import { addConstructs, CONSTRUCTS, constructIds, logicPrint } from './logic-fixture.ts'
import { verifyArchive } from './verify.ts'

/** A group with every setting that has no column of its own. */
const GROUP = `api_group "Admin" {
  active = false
  history = 100
  middleware = {pre: [{name: "limit"}], post: []}
  cors = {
    mode: "custom"
    origins: ["https://example.com"]
    credentials: true
    max_age: 3600
  }
}`

describe('an archive', () => {
  let database: TestDatabase
  let source: number

  beforeAll(async () => {
    database = await createTestDatabase()
    source = await makeSource('Logic')
  })
  afterAll(() => database.close())

  async function makeSource(name: string): Promise<number> {
    const id = await makeWorkspace(database, name, [{ name: 'con', columns: [{ name: 'id', type: 'int' }] }])
    for (const group of ['Public', 'Admin']) await addGroup(database, id, group)
    await addConstructs(database, id)
    return id
  }

  async function restore(bytes: Buffer, target: ImportTarget): Promise<number> {
    const archive = await verifyArchive(sourceOf(bytes), '')
    return importArchive(database, archive, { source: sourceOf(bytes), password: '', target, now: new Date() })
  }

  it('brings every kind of construct back, byte for byte, with guids and each query in its group', async () => {
    const copy = await restore(await archiveOf(database, source), { newWorkspace: 'Logic again' })
    const print = await logicPrint(database, copy)
    expect(print['constructs']).toHaveLength(CONSTRUCTS.length)
    expect(print).toEqual(await logicPrint(database, source))
    const [ids, copied] = [await constructIds(database, source), await constructIds(database, copy)]
    expect([...copied.keys()].toSorted()).toEqual([...ids.keys()].toSorted())
    expect(new Set([...ids.values(), ...copied.values()]).size).toBe(2 * CONSTRUCTS.length)
  })

  it('holds each construct as a document under a plain name, and lists it', async () => {
    const { manifest } = await verifyArchive(sourceOf(await archiveOf(database, source)), '')
    expect(manifest.counts).toMatchObject({ constructs: CONSTRUCTS.length, apiGroups: 2, files: 0 })
    const names = manifest.constructs.map(({ definition }) => definition)
    expect(names).toContain('definition/addon/lines.xs')
    expect(names.filter((name) => name.startsWith('definition/query/Public/orders-id-'))).toHaveLength(2)
    expect(new Set(names).size).toBe(CONSTRUCTS.length)
    expect(manifest.members.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
  })

  it('says that other branches and files are not in it', async () => {
    const { manifest } = await verifyArchive(sourceOf(await archiveOf(database, source)), '')
    const missing = manifest.coverage.missing.map(({ what }) => what)
    expect(missing).toContain('API groups and constructs of other branches')
    expect(missing).toContain('Stored files (0)')
    expect(JSON.stringify(manifest.coverage.included)).toContain(`"count":${CONSTRUCTS.length}`)
  })

  it('replaces the constructs of the live branch: known guids keep their ids, drafts come back, others go', async () => {
    const bytes = await archiveOf(database, source)
    const target = await restore(bytes, { newWorkspace: 'Replaced' })
    const [before, print] = [await constructIds(database, target), await logicPrint(database, target)]
    await addConstructs(database, target, [{ kind: 'function', name: 'gone', text: 'function gone {}', draft: 'x' }])
    await database.pool.query(`update metadeck.construct set draft = 'later', text = 'x' where workspace_id = $1`, [
      target,
    ])
    await restore(bytes, { workspaceId: target })
    expect(await logicPrint(database, target)).toEqual(print)
    expect(await constructIds(database, target)).toEqual(before)
    const drafts = await database.pool.query<{ draft: string }>(
      'select draft from metadeck.construct where workspace_id = $1 and draft is not null',
      [target],
    )
    expect(drafts.rows).toEqual([{ draft: CONSTRUCTS[0]?.draft }])
  })

  it('leaves the other branches of the workspace alone', async () => {
    const target = await restore(await archiveOf(database, source), { newWorkspace: 'Two branches' })
    await database.pool.query(
      `insert into metadeck.branch (workspace_id, label, description, color, guid, live, created_at, updated_at)
       values ($1, 'other', '', '#000000', 'other', false, now(), now())`,
      [target],
    )
    await addConstructs(database, target, [{ kind: 'function', name: 'stays', text: 'function stays {}' }], 'other')
    await restore(await archiveOf(database, source), { workspaceId: target })
    expect(await logicPrint(database, target, 'other')).toMatchObject({ constructs: [{ name: 'stays' }] })
  })

  it('holds the branch that was asked for and no other', async () => {
    const id = await makeSource('Asked')
    await database.pool.query(
      `insert into metadeck.branch (workspace_id, label, description, color, guid, live, created_at, updated_at)
       values ($1, 'small', 'Small one', '#123456', 'small', false, now(), now())`,
      [id],
    )
    await addConstructs(database, id, [{ kind: 'function', name: 'only', text: 'function only {}' }], 'small')
    const copy = await restore(await archiveOf(database, id, { branch: 'small' }), { newWorkspace: 'Small copy' })
    expect(await logicPrint(database, copy)).toMatchObject({
      branch: ['Small one', '#123456'],
      groups: [],
      constructs: [{ name: 'only' }],
    })
  })

  it('brings back who may read the documentation of a group, the group of a table, and realtime', async () => {
    const id = await makeSource('Settings')
    await database.pool.query(
      `update metadeck.api_group set documentation = '{"require_token": true}' where workspace_id = $1 and name = 'Admin'`,
      [id],
    )
    await database.pool.query(
      `update metadeck.table_definition set api_group_guid = g.guid from metadeck.api_group g
       where g.workspace_id = $1 and g.name = 'Admin' and table_definition.workspace_id = $1`,
      [id],
    )
    await database.pool.query('update metadeck.workspace set realtime_enabled = true where id = $1', [id])
    const bytes = await archiveOf(database, id)
    const copy = await restore(bytes, { newWorkspace: 'Settings copy' })
    const settings = async (workspaceId: number): Promise<unknown> =>
      (
        await database.pool.query(
          `select realtime_enabled, realtime_hash, api_group_guid from metadeck.workspace w
           join metadeck.table_definition t on t.workspace_id = w.id where w.id = $1`,
          [workspaceId],
        )
      ).rows[0]
    const [before, after] = [await settings(id), await settings(copy)]
    expect(await logicPrint(database, copy)).toEqual(await logicPrint(database, id))
    const { realtime_hash: hash, ...rest } = before as { realtime_hash: string }
    expect(after).toMatchObject(rest)
    expect(after).not.toMatchObject({ realtime_hash: hash })
    await database.pool.query(
      `update metadeck.workspace set realtime_enabled = false, realtime_hash = 'x' where id = $1`,
      [id],
    )
    await restore(bytes, { workspaceId: id })
    expect(await settings(id)).toEqual(before)
  })

  it('brings back what only the document of a group says: active, history, middleware and CORS', async () => {
    const id = await makeSource('Group settings')
    const { active, history, middleware, cors } = parseApiGroup(GROUP)
    await database.db
      .updateTable('api_group')
      .set({ settings: JSON.stringify({ active, history, middleware, cors }) })
      .where('workspace_id', '=', id)
      .where('name', '=', 'Admin')
      .execute()
    const copy = await restore(await archiveOf(database, id), { newWorkspace: 'Group settings copy' })
    const { groups } = await logicPrint(database, copy)
    expect(groups).toEqual((await logicPrint(database, id))['groups'])
    expect(groups).toMatchObject([
      { name: 'Admin', settings: { active: false, history: '100', cors: expect.stringContaining('max_age: 3600') } },
      { name: 'Public', settings: {} },
    ])
    await database.db.updateTable('api_group').set({ settings: '{}' }).where('workspace_id', '=', copy).execute()
    await restore(await archiveOf(database, id), { workspaceId: copy })
    expect((await logicPrint(database, copy))['groups']).toEqual(groups)
  })

  it('goes into a new branch as a schema: the same groups keep their canonicals, a taken one is replaced', async () => {
    const id = await makeSource('Schema')
    const bytes = await archiveOf(database, id, { includesRows: false })
    const load = async (workspaceId: number, label: string): Promise<void> => {
      const archive = await verifyArchive(sourceOf(bytes), '')
      await importSchema(database, archive, { workspaceId, label, setLive: false, now: new Date() })
    }
    await load(id, 'next')
    const [live, next] = [await logicPrint(database, id), await logicPrint(database, id, 'next')]
    expect(next).toEqual(live)
    expect(await canonicals(id, 'next')).toEqual(await canonicals(id, ''))
    const other = await makeWorkspace(database, 'Schema elsewhere', [])
    await load(other, 'next')
    expect((await logicPrint(database, other, 'next'))['constructs']).toEqual(live['constructs'])
    const taken = new Set(await canonicals(id, ''))
    expect((await canonicals(other, 'next')).filter((canonical) => taken.has(canonical))).toEqual([])
  })

  async function canonicals(workspaceId: number, label: string): Promise<string[]> {
    const { id } = await readBranch(database.db, workspaceId, label)
    const rows = await database.db
      .selectFrom('api_group')
      .select('canonical')
      .where('branch_id', '=', id)
      .orderBy('name')
      .execute()
    return rows.map(({ canonical }) => canonical)
  }
})
