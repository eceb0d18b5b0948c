import { describe, expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'
import { createCall } from '#api/client/call.ts'
import { UPLOAD_CHUNK_BYTES, type Upload } from '#api/contract/uploads.ts'

import { backupFixture } from './backup-fixture.ts'
import { arrivedBytes, isSameFile, uploadFile, type UploadProgress } from './upload-file.ts'

const ID = '7b4c9a52-6a6c-4a55-9d0f-0f0f0f0f0f0f'
const SIZE = UPLOAD_CHUNK_BYTES * 2 + 10
const file = () => new File([new Uint8Array(SIZE)], 'shop.xano')

/** A server for one upload: what it has, and what it answers next. */
function serverFor({ missing, refuses }: { missing: number[]; refuses?: (path: string) => Response | undefined }) {
  const received: string[] = []
  const upload: Upload = {
    id: ID,
    name: 'shop.xano',
    bytes: SIZE,
    chunkBytes: UPLOAD_CHUNK_BYTES,
    chunks: 3,
    missing,
    createdAt: '2026-11-20T12:00:00.000Z',
    touchedAt: '2026-11-20T12:00:00.000Z',
  }
  const answer = (path: string, method: string): Response => {
    const refusal = refuses?.(path)
    if (refusal !== undefined) return refusal
    received.push(`${method} ${path.replace(`/api:console/uploads`, '').replace(ID, 'id')}`)
    if (path.endsWith('/complete')) return Response.json(backupFixture({ status: 'running' }), { status: 202 })
    if (path.includes('/chunks/')) return Response.json({ missing: 0 })
    return method === 'POST'
      ? Response.json(upload, { status: 201 })
      : Response.json({ items: missing.length < 3 ? [upload] : [] })
  }
  const call = createCall({
    base: '',
    headers: {},
    fetch: async (input, init) => answer(String(input), init?.method ?? 'GET'),
  })
  return { call, received }
}

async function run(call: ReturnType<typeof createCall>) {
  const told: UploadProgress[] = []
  const { signal } = new AbortController()
  const backup = await uploadFile(call, { file: file(), password: '', signal, onProgress: (at) => told.push(at) })
  return { backup, told }
}

describe('an archive that is sent in chunks', () => {
  it('is announced, sent whole and completed', async () => {
    const { call, received } = serverFor({ missing: [0, 1, 2] })
    const { backup, told } = await run(call)
    expect(backup.status).toBe('running')
    expect(received.toSorted()).toEqual(
      ['GET ', 'POST ', 'POST /id/complete', 'PUT /id/chunks/0', 'PUT /id/chunks/1', 'PUT /id/chunks/2'].toSorted(),
    )
    expect(told.at(-1)).toMatchObject({ bytes: SIZE, total: SIZE, resumedAt: 0, isWaiting: false })
  })

  it('goes on with what an earlier try had sent', async () => {
    const { call, received } = serverFor({ missing: [2] })
    const { told } = await run(call)
    expect(received).toEqual(['GET ', 'PUT /id/chunks/2', 'POST /id/complete'])
    expect(told[0]).toMatchObject({ bytes: UPLOAD_CHUNK_BYTES * 2, resumedAt: UPLOAD_CHUNK_BYTES * 2 })
  })

  it('waits for a lost connection, of chunks and of the last call, and says so', async () => {
    const lost = new Set(['chunks/2', 'complete'])
    const { call, received } = serverFor({
      missing: [2],
      refuses: (path) => {
        const part = [...lost].find((end) => path.endsWith(end))
        if (part === undefined) return undefined
        lost.delete(part)
        throw new TypeError('fetch failed')
      },
    })
    const { told } = await run(call)
    expect(told.map(({ isWaiting }) => isWaiting)).toContain(true)
    expect(told.at(-1)?.isWaiting).toBe(false)
    expect(received).toEqual(['GET ', 'PUT /id/chunks/2', 'POST /id/complete'])
  })

  it('ends at once where the server says no', async () => {
    const refusal = () => Response.json({ code: 'conflict', message: 'The disk is full.' }, { status: 409 })
    const { call, received } = serverFor({
      missing: [0, 1, 2],
      refuses: (path) => (path.includes('/chunks/0') ? refusal() : undefined),
    })
    await expect(run(call)).rejects.toThrow(new ApiError('conflict', 'The disk is full.', { status: 409 }))
    expect(received).not.toContain('POST /id/complete')
  })
})

it('knows an upload by the name and size of its file, and how much of it is there', () => {
  expect(isSameFile({ name: 'shop.xano', bytes: SIZE }, file())).toBe(true)
  expect(isSameFile({ name: 'shop.xano', bytes: SIZE - 1 }, file())).toBe(false)
  expect(arrivedBytes({ bytes: SIZE, chunkBytes: UPLOAD_CHUNK_BYTES, missing: [1, 2] })).toBe(UPLOAD_CHUNK_BYTES)
})
