import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it } from 'vitest'

import { backupFixture } from './backup-fixture.ts'
import { backups } from './backups.ts'
import { applyProgress } from './event-cache.ts'

const running = backupFixture({
  status: 'running',
  stage: 'rows',
  current: 'orders',
  tablesDone: 1,
  rows: 100,
  bytes: 1_000,
  startedAt: '2026-11-20T12:00:00.000Z',
})
const other = { ...running, id: 6 }
const progress = (item: unknown) => ({ type: 'progress', resource: 'backups', id: 7, item }) as const

describe('progress of a backup', () => {
  let client: QueryClient
  const list = backups.list({ workspaceId: 1 }).queryKey

  beforeEach(() => {
    client = new QueryClient()
    client.setQueryData(list, { items: [running, other], nextCursor: null })
  })

  it('is written into its detail and its list, and into nothing else', () => {
    const isOver = applyProgress(client, progress({ ...running, rows: 500 }))
    expect(isOver).toBe(false)
    expect(client.getQueryData(backups.detail(7).queryKey)?.rows).toBe(500)
    expect(client.getQueryData(list)?.items.map(({ rows }) => rows)).toEqual([500, 100])
  })

  it('asks for the lists once it has ended', () => {
    expect(applyProgress(client, progress({ ...running, status: 'succeeded' }))).toBe(true)
  })

  it('leaves the cache alone and has the lists read again when the item is not understood', () => {
    expect(applyProgress(client, progress({ id: 7, rows: 'many' }))).toBe(true)
    expect(client.getQueryData(list)?.items).toEqual([running, other])
  })
})
