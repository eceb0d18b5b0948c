import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'
import type { Call } from '#api/client/call.ts'
import * as backups from '#api/contract/backups.ts'
import * as diffs from '#api/contract/diffs.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import * as notifications from '#api/contract/notifications.ts'
import * as protection from '#api/contract/protection.ts'
import * as restores from '#api/contract/restores.ts'
import * as schedules from '#api/contract/schedules.ts'
import { ALL_SCOPES, parseScopeKey, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'
import * as targets from '#api/contract/targets.ts'
import * as uploads from '#api/contract/uploads.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const UUID = '00000000-0000-4000-8000-000000000000'
const CONTRACT = [backups, restores, diffs, schedules, protection, targets, uploads, notifications]

/** What lies in one workspace, or in none. */
interface Things {
  workspace: number
  backup: number
  restore: number
  schedule: number
}

interface Request {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  headers?: Record<string, string>
}

/** A call whose input is not told apart by its operation. */
type AnyCall = (endpoint: Endpoint, input: Request) => Promise<unknown>

/** How each operation is asked about things of a workspace; null = it is about none, and is refused to the limited. */
const ABOUT: Record<string, ((of: Things) => Request) | null> = {
  backupCreate: ({ workspace }) => ({ body: { workspaceId: workspace } }),
  backupGet: ({ backup }) => ({ params: { id: backup } }),
  backupDownload: ({ backup }) => ({ params: { id: backup } }),
  backupUpdate: ({ backup }) => ({ params: { id: backup }, body: { note: 'mine' } }),
  backupCancel: ({ backup }) => ({ params: { id: backup } }),
  backupVerifyCancel: ({ backup }) => ({ params: { id: backup } }),
  backupDrillCancel: ({ backup }) => ({ params: { id: backup } }),
  backupVerify: ({ backup }) => ({ params: { id: backup }, body: {} }),
  backupDrill: ({ backup }) => ({ params: { id: backup }, body: {} }),
  backupDelete: ({ backup }) => ({ params: { id: backup } }),
  backupDiff: ({ backup, workspace }) => ({ params: { id: backup }, body: { workspaceId: workspace } }),
  restorePreview: ({ backup }) => ({ params: { id: backup }, body: {} }),
  restoreCreate: ({ backup, workspace }) => ({
    body: { backupId: backup, into: { workspaceId: workspace, newBranch: 'old' } },
  }),
  restoreGet: ({ restore }) => ({ params: { id: restore } }),
  restoreCancel: ({ restore }) => ({ params: { id: restore } }),
  restoreUndo: ({ restore }) => ({ params: { id: restore } }),
  scheduleCreate: ({ workspace }) => ({ body: savedSchedule(workspace) }),
  scheduleGet: ({ schedule }) => ({ params: { id: schedule } }),
  scheduleUpdate: ({ schedule, workspace }) => ({ params: { id: schedule }, body: savedSchedule(workspace) }),
  scheduleRun: ({ schedule }) => ({ params: { id: schedule } }),
  schedulePause: ({ schedule }) => ({ params: { id: schedule }, body: { paused: true } }),
  schedulePasswordProve: ({ schedule }) => ({ params: { id: schedule }, body: { password: 'guess' } }),
  schedulePreview: ({ schedule }) => ({ body: { timing: { kind: 'hourly', minute: 0 }, scheduleId: schedule } }),
  scheduleDelete: ({ schedule }) => ({ params: { id: schedule } }),
  targetList: null,
  targetGet: null,
  targetCreate: null,
  targetUpdate: null,
  targetDelete: null,
  targetTest: null,
  targetTry: null,
  uploadCreate: null,
  uploadList: null,
  uploadGet: null,
  uploadChunk: null,
  uploadComplete: null,
  uploadDelete: null,
  backupUpload: null,
}
/** Lists answer what is in reach; `protectionList` and `scheduleList` refuse a workspace out of it. */
const LISTS = ['backupList', 'restoreList', 'scheduleList', 'protectionList']

const FOLDER = { kind: 'folder', path: '/tmp/metadeck-reach' }
/** Well-formed requests for what belongs to no workspace. */
const BEYOND: Record<string, Request> = {
  targetList: {},
  targetGet: { params: { id: 1 } },
  targetCreate: { body: { name: 'Mine', settings: FOLDER } },
  targetUpdate: { params: { id: 1 }, body: { name: 'Mine', settings: FOLDER } },
  targetDelete: { params: { id: 1 } },
  targetTest: { params: { id: 1 } },
  targetTry: { body: { settings: FOLDER } },
  uploadCreate: { body: { name: 'a.xano', bytes: 1 } },
  uploadList: {},
  uploadGet: { params: { id: UUID } },
  uploadChunk: { params: { id: UUID, index: 0 }, body: new Uint8Array(1), headers: { 'x-chunk-sha256': 'a' } },
  uploadComplete: { params: { id: UUID }, body: {} },
  uploadDelete: { params: { id: UUID } },
  backupUpload: { body: new FormData() },
}

function savedSchedule(workspaceId: number): schedules.SaveSchedule {
  return { name: `Schedule ${randomUUID()}`, workspaceId, timing: { kind: 'hourly', minute: 0 } }
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'scope' in value && 'path' in value
}

const ENDPOINTS = CONTRACT.flatMap((file) => Object.values(file as Record<string, unknown>).filter(isEndpoint))
const named = (id: string): Endpoint => {
  const found = ENDPOINTS.find((endpoint) => endpoint.id === id)
  if (found === undefined) throw new Error(`There is no operation ${id}`)
  return found
}
const byScope = ENDPOINTS.filter(({ scope }) => scope !== 'session').map(({ id }) => id)
const bySession = ENDPOINTS.filter(({ scope }) => scope === 'session').map(({ id }) => id)

describe('who reaches backups, restores, schedules, targets, uploads and diffs', () => {
  let app: TestApp
  let own: Things
  let foreign: Things
  let uploaded: Things
  let limited: Call

  beforeAll(async () => {
    app = await createTestApp()
    own = await makeThings(await makeShop('Own'))
    foreign = await makeThings(await makeShop('Foreign'))
    // An uploaded archive, and a restore whose workspace is gone, are of no workspace.
    uploaded = { ...own, ...(await makeRuns(null)) }
    limited = await app.callAs(ALL_SCOPES, [own.workspace])
  })
  afterAll(() => app.close())

  function makeShop(name: string): Promise<number> {
    return makeWorkspace(app.database, name, [{ name: 'rows', columns: [{ name: 'id', type: 'int' }] }])
  }

  async function makeThings(workspace: number): Promise<Things> {
    const { id: schedule } = await app.call(schedules.createSchedule, { body: savedSchedule(workspace) })
    return { workspace, schedule, ...(await makeRuns(workspace)) }
  }

  async function makeRuns(workspace: number | null): Promise<Pick<Things, 'backup' | 'restore'>> {
    const shared = { workspace_id: workspace, workspace_name: 'Shop', created_by: 'test', created_at: app.deps.now() }
    const backup = await app.database.db
      .insertInto('backup')
      .values({
        ...shared,
        branch: 'v1',
        kind: workspace === null ? 'uploaded' : 'manual',
        definition_only: false,
        encrypted: false,
        status: 'cancelled',
        stage: 'done',
        summary: null,
        failure: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const restore = await app.database.db
      .insertInto('restore')
      .values({ ...shared, backup_id: backup.id, into_new: false, status: 'failed', stage: 'done', failure: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { backup: backup.id, restore: restore.id }
  }

  /** Code of the refusal; `ok` where there was none. */
  async function answerOf(call: Call, id: string, request: Request): Promise<string> {
    try {
      await (call as unknown as AnyCall)(named(id), request)
      return 'ok'
    } catch (error) {
      if (error instanceof ApiError) return error.code
      throw error
    }
  }

  it('every operation is in this test', () => {
    expect([...Object.keys(ABOUT), ...LISTS].toSorted()).toEqual(byScope.toSorted())
    expect(Object.keys(BEYOND).toSorted()).toEqual(
      Object.keys(ABOUT)
        .filter((id) => ABOUT[id] === null)
        .toSorted(),
    )
  })

  it.each(Object.keys(ABOUT).filter((id) => ABOUT[id] !== null))(
    '%s is refused for another workspace, and not for the own one',
    async (id) => {
      const about = ABOUT[id] ?? ((): Request => ({}))
      expect(await answerOf(limited, id, about(foreign))).toBe('access_denied')
      // Things of its own, as deleting is among the operations.
      const answer = await answerOf(limited, id, about(await makeThings(own.workspace)))
      expect(['access_denied', 'not_found', 'unauthorized', 'internal']).not.toContain(answer)
    },
  )

  it.each([
    'backupGet',
    'backupDownload',
    'backupVerify',
    'backupDelete',
    'restorePreview',
    'restoreGet',
    'restoreUndo',
  ])('%s of what belongs to no workspace is not found by who reaches some', async (id) => {
    expect(await answerOf(limited, id, ABOUT[id]?.(uploaded) ?? {})).toBe('not_found')
  })

  it.each(Object.keys(BEYOND))('%s is refused to who reaches some workspaces only', async (id) => {
    expect(await answerOf(limited, id, BEYOND[id] ?? {})).toBe('access_denied')
  })

  it.each(LISTS)('%s shows nothing of other workspaces', async (id) => {
    const list = async (request: Request): Promise<number[]> => {
      const call = limited as unknown as AnyCall
      const { items } = (await call(named(id), request)) as { items: { workspaceId: number }[] }
      return items.map(({ workspaceId }) => workspaceId)
    }
    expect(new Set(await list({}))).toEqual(new Set([own.workspace]))
    const query = { workspaceId: foreign.workspace }
    const answer = await answerOf(limited, id, { query })
    if (answer === 'ok') expect(await list({ query })).toEqual([])
    else expect(answer).toBe('access_denied')
  })

  it.each(byScope)('%s is refused without its scope, whatever else the token may', async (id) => {
    const scope = named(id).scope as ScopeKey
    const { name, letter } = parseScopeKey(scope)
    const others: Scopes = { ...ALL_SCOPES, [name]: (ALL_SCOPES[name] ?? '').replace(letter, '') }
    const request = BEYOND[id] ?? ABOUT[id]?.(foreign) ?? {}
    expect(await answerOf(await app.callAs(others), id, request)).toBe('access_denied')
    expect(await answerOf(app.callWith({}), id, request)).toBe('unauthorized')
  })

  it.each(bySession)('%s is for people, not for tokens', async (id) => {
    const request = { params: { id: 1 }, ...(named(id).method === 'GET' ? {} : { body: {} }) }
    expect(await answerOf(app.call, id, request)).toBe('access_denied')
  })

  it('a backup of another workspace is restored neither into the own one nor beside it', async () => {
    const into = { workspaceId: own.workspace, newBranch: 'stolen' }
    expect(await answerOf(limited, 'restoreCreate', { body: { backupId: foreign.backup, into } })).toBe('access_denied')
    const made = { backupId: own.backup, into: { newWorkspace: 'Beside' } }
    expect(await answerOf(limited, 'restoreCreate', { body: made })).toBe('access_denied')
    const diff = { params: { id: foreign.backup }, body: { workspaceId: own.workspace } }
    expect(await answerOf(limited, 'backupDiff', diff)).toBe('access_denied')
    const preview = { params: { id: own.backup }, body: { workspaceId: foreign.workspace } }
    expect(await answerOf(limited, 'restorePreview', preview)).toBe('access_denied')
  })
})
