import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'

/** The app and the headers of a token with every scope. */
interface Sender {
  app: FastifyInstance
  headers: Record<string, string>
}

/** The column of every type that rows of the world's table have. */
export const COLUMNS = [
  { name: 'id', type: 'int' },
  { name: 'created_at', type: 'timestamp', default: 'now' },
  { name: 'title', type: 'text', required: true },
  { name: 'stock', type: 'int', nullable: true },
  { name: 'spare', type: 'text', nullable: true },
  { name: 'data', type: 'json', nullable: true },
  { name: 'place', type: 'geo_point', nullable: true },
  { name: 'embedding', type: 'vector', nullable: true, vector: { size: 3 } },
]

/** Ids and names of one of everything, made through the API itself. */
export type World = Record<
  | 'workspace_id'
  | 'table_id'
  | 'uuid_table_id'
  | 'apigroup_id'
  | 'api_id'
  | 'function_id'
  | 'task_id'
  | 'addon_id'
  | 'middleware_id'
  | 'channel_id'
  | 'file_id'
  | 'content_id',
  number
> & { index_id: string; branch_label: string; label: string; schema_name: string; name: string }

const ADDON = 'addon world_addon {\n  input {\n  }\n\n  stack {\n    db.query things {\n    }\n  }\n}\n'
const MIDDLEWARE = 'middleware world_middleware {\n  input {\n  }\n\n  stack {\n  }\n\n  response = null\n}\n'

/** Sends as a token with every scope does; throws unless the answer is 200. */
async function send(sender: Sender, path: string, payload: unknown, contentType = 'application/json'): Promise<never> {
  const reply = await sender.app.inject({
    method: 'POST',
    url: `/api:meta${path}`,
    headers: { ...sender.headers, 'content-type': contentType },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
  expect([reply.statusCode, path, reply.body]).toEqual([200, path, reply.body])
  return reply.json<never>()
}

/** One of everything in a workspace of its own. */
export async function createWorld(sender: Sender): Promise<World> {
  type Made = { id: number }
  const { id: workspace_id } = (await send(sender, '/workspace', { name: 'World' })) as Made
  const at = `/workspace/${workspace_id}`
  const made = async (path: string, payload: unknown, contentType?: string): Promise<number> =>
    ((await send(sender, `${at}${path}`, payload, contentType)) as Made).id
  const script = 'text/x-xanoscript'
  const index = [{ type: 'btree', fields: [{ name: 'title', op: 'asc' }] }]
  const table_id = await made('/table', { name: 'things', schema: COLUMNS, index })
  const content_id = await made(`/table/${table_id}/content`, { title: 'first', stock: 4 })
  const apigroup_id = await made('/apigroup', { name: 'world', description: '', swagger: true })
  const api = { name: 'things', description: '', verb: 'GET' }
  await send(sender, `${at}/branch`, { label: 'side', source_branch: 'v1' })
  await send(sender, `${at}/datasource`, { label: 'trial' })
  return {
    workspace_id,
    table_id,
    content_id,
    apigroup_id,
    uuid_table_id: await made('/table', { name: 'uuid_things', schema: [{ name: 'id', type: 'uuid' }] }),
    api_id: await made(`/apigroup/${apigroup_id}/api`, api),
    function_id: await made('/function', { name: 'world_function', description: '' }),
    task_id: await made('/task', { name: 'world_task', description: '', datasource: 'live', active: false }),
    addon_id: await made('/addon', ADDON, script),
    middleware_id: await made('/middleware', MIDDLEWARE, script),
    channel_id: await made('/realtime/channel', { name: 'world_channel' }),
    file_id: await upload(sender, workspace_id),
    index_id: await readIndexId(sender, `${at}/table/${table_id}/index`),
    branch_label: 'side',
    label: 'trial',
    schema_name: 'spare',
    name: 'metadeck',
  }
}

/** A body of one form, as browsers write it. */
export function formBody(parts: Record<string, string | { filename: string; type: string; content: string }>): {
  payload: string
  headers: Record<string, string>
} {
  const boundary = 'world-boundary'
  const lines = Object.entries(parts).map(([name, part]) =>
    typeof part === 'string'
      ? `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${part}\r\n`
      : `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${part.filename}"\r\ncontent-type: ${part.type}\r\n\r\n${part.content}\r\n`,
  )
  return {
    payload: `${lines.join('')}--${boundary}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

async function upload(sender: Sender, workspaceId: number): Promise<number> {
  const { payload, headers } = formBody({ content: { filename: 'note.txt', type: 'text/plain', content: 'A note.' } })
  const reply = await sender.app.inject({
    method: 'POST',
    url: `/api:meta/workspace/${workspaceId}/file`,
    headers: { ...sender.headers, ...headers },
    payload,
  })
  expect([reply.statusCode, reply.body]).toEqual([200, reply.body])
  return reply.json<{ id: number }>().id
}

async function readIndexId(sender: Sender, path: string): Promise<string> {
  const reply = await sender.app.inject({ url: `/api:meta${path}`, headers: sender.headers })
  const found = reply.json<{ id: string; type: string }[]>().find((index) => index.type === 'btree')
  return found?.id ?? ''
}
