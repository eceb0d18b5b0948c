import { randomUUID } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { uploadFile } from '#api/contract/files.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { jobDeps } from './job-fixture.ts'
import { sweepObjects } from './sweep-objects.ts'

const HOUR_MS = 3_600_000

describe('objects that a killed restore has left in the store of files', () => {
  let app: TestApp
  let shop: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [])
    const file = { content: new Blob(['kept']), name: 'a.txt' }
    await app.call(uploadFile, { params: { workspace_id: shop }, body: {}, file })
    // Otherwise housekeeping may come first.
    await app.deps.jobs.close()
  })
  afterAll(() => app.close())

  const stored = (): string[] => readdirSync(join(app.dataDir, 'files')).toSorted()
  const leave = (name = `w${shop}-${randomUUID()}`): string => {
    writeFileSync(join(app.dataDir, 'files', name), 'left')
    return name
  }
  const swept = async (hours: number): Promise<string[]> => {
    app.advance(hours * HOUR_MS)
    await sweepObjects(jobDeps(app))
    return stored()
  }

  it('go a day later, and what a file names or was put there by somebody stays', async () => {
    const kept = [...stored(), leave('README.txt'), leave(`w${shop}-notes`)].toSorted()
    expect(kept).toHaveLength(3)
    leave()
    leave('w999-00000000-0000-4000-8000-000000000000')
    expect(await swept(0)).toHaveLength(5)
    expect(await swept(23)).toHaveLength(5)
    expect(await swept(7)).toEqual(kept)
  })

  it.each(['queued', 'running'])('stay while a restore is %s, and go after it', async (status) => {
    const name = leave()
    const { id } = await app.database.db
      .insertInto('restore')
      .values({
        workspace_name: 'Shop',
        into_new: true,
        status,
        stage: 'files',
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await swept(48)).toContain(name)
    await app.database.db.updateTable('restore').set({ status: 'failed' }).where('id', '=', id).execute()
    expect(await swept(0)).not.toContain(name)
  })
})
