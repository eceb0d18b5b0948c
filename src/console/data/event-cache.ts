import type { Query, QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'

import { Backup } from '#api/contract/backups.ts'
import type { EventResource } from '#api/contract/event-resource.ts'
import type { ProgressEvent } from '#api/contract/events.ts'
import { Restore } from '#api/contract/restores.ts'

import { backups, isRunning } from './backups.ts'
import { createLongLists, pagesOf } from './long-lists.ts'
import { isRestoring, restores } from './restores.ts'

/** Changes that come within this time are read again together; below the second that others may wait. */
const gatherMs = 150

/** What changes on its own or by others; `content` is left out of polling, because a page of a big table is not cheap. */
const polled: readonly unknown[] = [
  'workspaces',
  'tables',
  'api-groups',
  'tokens',
  'backups',
  'restores',
  'targets',
  'schedules',
  'members',
] satisfies EventResource[]

/** Between two polls of what is polled. */
export const pollMs = 5_000

/** A restore's preview reads a whole archive: it is asked for, never refreshed by events. */
const isPreview = ({ queryKey }: Query): boolean => queryKey[1] === 'preview'

const isLong = (query: Query): boolean => pagesOf(query) > 1

/** A list of several pages costs no more than its first one alone would: the more of it there is, the rarer it is read. */
function isPolledNow(query: Query): boolean {
  const ageMs = Date.now() - query.state.dataUpdatedAt
  return polled.includes(query.queryKey[0]) && !isPreview(query) && ageMs >= (pagesOf(query) - 1) * pollMs
}

/** Gathers what changed and has it read again. */
export function createInvalidator(client: QueryClient) {
  const longLists = createLongLists(client)
  const changed = new Set<unknown>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    timer = undefined
    const roots = new Set(changed)
    changed.clear()
    const isChanged = (query: Query) => roots.has(query.queryKey[0]) && !isPreview(query)
    void client.invalidateQueries({ predicate: (query) => isChanged(query) && !isLong(query) })
    const long = client.getQueryCache().findAll({ predicate: (query) => isChanged(query) && isLong(query) })
    for (const query of long) longLists.readAgain(query)
  }

  return {
    add: (resource: EventResource) => {
      changed.add(resource)
      timer ??= setTimeout(flush, gatherMs)
    },
    all: () =>
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' && !isPreview(query) }),
    /** A slow answer is waited for, not started over. */
    poll: () => void client.invalidateQueries({ predicate: isPolledNow }, { cancelRefetch: false }),
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      changed.clear()
      longLists.stop()
    },
  }
}

function writeItem<Item extends { id: number }>(client: QueryClient, key: readonly string[], item: Item): void {
  client.setQueryData([...key, 'detail', item.id], item)
  client.setQueriesData<{ items: Item[]; nextCursor: string | null }>(
    { queryKey: [...key, 'list'] },
    (page) => page && { ...page, items: page.items.map((known) => (known.id === item.id ? item : known)) },
  )
}

function write<Item extends { id: number }>(
  client: QueryClient,
  key: readonly string[],
  schema: z.ZodType<Item>,
  input: unknown,
): Item | undefined {
  const { data } = schema.safeParse(input)
  if (data) writeItem(client, key, data)
  return data
}

/** Puts the item into its list and detail. True once it runs no more: then the lists are to be read again. */
export function applyProgress(client: QueryClient, event: z.infer<typeof ProgressEvent>): boolean {
  if (event.resource === 'backups') {
    const backup = write(client, backups.key, Backup, event.item)
    return backup === undefined || !isRunning(backup)
  }
  const restore = write(client, restores.key, Restore, event.item)
  return restore === undefined || !isRestoring(restore)
}
