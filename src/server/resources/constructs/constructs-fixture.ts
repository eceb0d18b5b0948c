import { createApiGroup } from '#api/contract/api-groups.ts'
import { XANOSCRIPT_TYPE } from '#api/contract/endpoint.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

interface RawRequest {
  /** A XanoScript document. */
  text?: string
  /** Its content type where it is not written as usual. */
  type?: string
  /** A JSON body. */
  body?: object
  /** A JSON body that is a bare text. */
  json?: string
  /** Multipart fields. */
  form?: Record<string, string>
  ifMatch?: string
}

interface RawReply {
  status: number
  etag: string | undefined
  body: Record<string, unknown>
}

/** For tests: the app with a workspace, and requests whose headers can be set and seen. */
export interface ConstructsTest {
  test$: TestApp
  workspace_id: number
  /** `path` is below the workspace: `/function/4`. */
  raw: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, request?: RawRequest) => Promise<RawReply>
  /** A second branch, by name; returns its id. */
  addBranch: (label: string) => Promise<number>
  addGroup: (name: string) => Promise<number>
}

/** Opens a test app with one workspace. */
export async function openConstructsTest(): Promise<ConstructsTest> {
  const test$ = await createTestApp()
  const workspace_id = (await test$.call(createWorkspace, { body: { name: 'Constructs' } })).id
  const token = { name: 'raw', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  const { secret } = await insertToken(test$.database.db, token, null, new Date())
  return {
    test$,
    workspace_id,
    async raw(method, path, request = {}) {
      const { type, payload } = await contentOf(request)
      const reply = await test$.app.inject({
        method,
        url: `/api:meta/workspace/${workspace_id}${path}`,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(type === null ? {} : { 'content-type': type }),
          ...(request.ifMatch === undefined ? {} : { 'if-match': request.ifMatch }),
        },
        ...(payload === undefined ? {} : { payload }),
      })
      return { status: reply.statusCode, etag: reply.headers.etag, body: reply.json() }
    },
    async addBranch(label) {
      const at = new Date()
      const row = await test$.database.db
        .insertInto('branch')
        .values({
          workspace_id,
          label,
          description: '',
          color: '#000000',
          guid: label,
          live: false,
          created_at: at,
          updated_at: at,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id
    },
    async addGroup(name) {
      const body = { name, description: '', swagger: true }
      return (await test$.call(createApiGroup, { params: { workspace_id }, body })).id
    },
  }
}

async function contentOf(request: RawRequest): Promise<{ type: string | null; payload?: Buffer }> {
  const { text, type = XANOSCRIPT_TYPE, form } = request
  if (text !== undefined) return { type, payload: Buffer.from(text) }
  const json = request.body ?? request.json
  if (json !== undefined) return { type: 'application/json', payload: Buffer.from(JSON.stringify(json)) }
  if (form === undefined) return { type: null }
  const fields = new FormData()
  for (const [key, value] of Object.entries(form)) fields.set(key, value)
  const response = new Response(fields)
  return { type: response.headers.get('content-type'), payload: Buffer.from(await response.arrayBuffer()) }
}
