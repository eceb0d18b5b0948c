import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { type BackupRow, findBackup, insertBackup, objectName } from '../resources/backups/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { runBackup } from './backup.ts'
import { attempt, jobDeps } from './job-fixture.ts'
import { makeBackup } from './make-backup.ts'
import { Cancelled } from './watch-cancel.ts'

describe('what is said of a backup that is whole', () => {
  let app: TestApp
  let workspaceId: number
  let scheduleId: number

  beforeAll(async () => {
    app = await createTestApp()
    await app.database.db
      .insertInto('notification_channel')
      .values({
        name: 'Hook',
        kind: 'webhook',
        settings: JSON.stringify({ kind: 'webhook', url: 'http://127.0.0.1:1/' }),
        events: JSON.stringify(['failed', 'looks_wrong', 'size_jump', 'recovered']),
        created_by: 'test',
        created_at: app.deps.now(),
        updated_at: app.deps.now(),
      })
      .execute()
  })
  afterAll(() => app.close())

  beforeEach(async (context) => {
    await app.database.db.deleteFrom('notification').execute()
    workspaceId = await makeWorkspace(app.database, `Shop ${context.task.id}`, [
      {
        name: 'item',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
      },
    ])
    const schedule = await app.database.db
      .insertInto('schedule')
      .values({
        name: 'Nightly',
        workspace_id: workspaceId,
        branch: '',
        definition_only: false,
        includes_files: true,
        timing: '{}',
        cron: '0 2 * * *',
        time_zone: 'UTC',
        retention: JSON.stringify({ last: 0, daily: 0, weekly: 0, monthly: 0 }),
        created_by: 'test',
        created_at: app.deps.now(),
        updated_at: app.deps.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    scheduleId = schedule.id
  })

  async function insert(more: { kind?: BackupRow['kind'] } = {}): Promise<BackupRow> {
    return insertBackup(app.database.db, {
      workspace_id: workspaceId,
      workspace_name: 'Shop',
      branch: 'v1',
      kind: 'scheduled',
      schedule_id: scheduleId,
      definition_only: false,
      encrypted: false,
      created_by: 'test',
      created_at: app.deps.now(),
      ...more,
    })
  }

  async function rowOf(id: number): Promise<BackupRow | undefined> {
    return findBackup(app.database.db, id)
  }

  async function scheduled(): Promise<BackupRow | undefined> {
    const { id } = await insert()
    await runBackup(jobDeps(app), attempt({ backupId: id, sealedPassword: null }))
    return rowOf(id)
  }

  const setRows = (count: number): Promise<unknown> =>
    app.database.pool.query(
      `truncate w${workspaceId}_live.item; insert into w${workspaceId}_live.item (text) select md5(n::text) from generate_series(1, ${count}) n`,
    )
  const told = async (): Promise<string[]> =>
    (await app.database.db.selectFrom('notification').select('event').orderBy('id').execute()).map(({ event }) => event)

  it('a table that was emptied overnight: the backup looks wrong, and that is told', async () => {
    await setRows(2_000)
    for (let run = 0; run < 3; run += 1) expect(await scheduled()).toMatchObject({ status: 'succeeded', warnings: [] })
    await setRows(0)
    const row = await scheduled()
    expect(row?.status).toBe('looks_wrong')
    expect(row?.warnings.map(({ code }) => code)).toContain('empty_table')
    expect(row?.object_name).not.toBeNull()
    expect(await told()).toEqual(['looks_wrong'])
  })

  it('a size that jumps is a warning, and is told', async () => {
    await setRows(3_000)
    for (let run = 0; run < 3; run += 1) await scheduled()
    await setRows(6_000)
    expect(await scheduled()).toMatchObject({ status: 'warnings', warnings: [{ code: 'larger' }] })
    expect(await told()).toEqual(['size_jump'])
  })

  it('a schedule that works again says so once', async () => {
    const { id } = await insert()
    await app.database.db.updateTable('backup').set({ status: 'failed' }).where('id', '=', id).execute()
    await scheduled()
    expect(await told()).toEqual(['recovered'])
    await scheduled()
    expect(await told()).toEqual(['recovered'])
    const { payload } = await app.database.db.selectFrom('notification').select('payload').executeTakeFirstOrThrow()
    expect(payload).toMatchObject({ schedule: { id: scheduleId, name: 'Nightly' }, backup: { status: 'succeeded' } })
  })

  it('a safety backup is made in the middle of something else, and never looks wrong', async () => {
    await setRows(2_000)
    for (let run = 0; run < 3; run += 1) await scheduled()
    await setRows(0)
    const row = await insert({ kind: 'safety' })
    const seen: string[] = []
    await makeBackup(jobDeps(app), row, {
      password: '',
      signal: new AbortController().signal,
      onChange: ({ stage }) => void seen.push(stage ?? ''),
    })
    expect(await rowOf(row.id)).toMatchObject({
      status: 'succeeded',
      stage: 'done',
      object_name: objectName(row),
    })
    expect(await told()).toEqual([])
  })

  it.each([
    [
      'cancelled',
      'cancelled',
      async (id: number) =>
        app.database.db.updateTable('backup').set({ is_cancelled: true }).where('id', '=', id).execute(),
    ],
    [
      'failing',
      'failed',
      async (id: number) =>
        app.database.db.updateTable('backup').set({ branch: 'gone' }).where('id', '=', id).execute(),
    ],
  ])('a %s safety backup throws, and is marked as %s', async (_what, status, change) => {
    const { id } = await insert({ kind: 'safety' })
    await change(id)
    const row = await rowOf(id)
    if (row === undefined) throw new Error('no such backup')
    const made = makeBackup(jobDeps(app), row, { password: '', signal: new AbortController().signal })
    await expect(made).rejects.toThrow(status === 'cancelled' ? Cancelled : /does not exist/)
    expect(await rowOf(id)).toMatchObject({ status, object_name: null })
  })
})
