import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'

import {
  type AuditFilter,
  type AuditHead,
  exportAudit,
  getAuditHead,
  listAudit,
  verifyAudit,
} from '#api/contract/audit-console.ts'

import { call } from './call.ts'
import { pagesOf } from './long-lists.ts'

/** Records a page. */
const PAGE = 200
/** No event tells of new records: what is shown grows old soon. */
const STALE_MS = 5_000

export interface Verification {
  /** A head that was noted before; undefined = the chain is only compared with itself. */
  head: Pick<AuditHead, 'sequence' | 'hash'> | undefined
  signal: AbortSignal
}

/** The log of all writes. */
export const audit = {
  key: ['audit'] as const,
  /** Newest first; the records of the filter before stay until the new ones are there. */
  list: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: [...audit.key, 'list', filter],
      queryFn: ({ pageParam: cursor, signal }) =>
        call(listAudit, { query: { ...filter, cursor, limit: PAGE }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: STALE_MS,
      // Each page is a request of its own: of a list that was loaded far down nothing is read again unasked.
      refetchOnWindowFocus: (query) => pagesOf(query) === 1,
      placeholderData: keepPreviousData,
    }),
  /** One record by its place in the chain; null where it is not there or not to be seen. A cursor is such a place. */
  record: (sequence: number) =>
    queryOptions({
      queryKey: [...audit.key, 'record', sequence],
      queryFn: async ({ signal }) => {
        const { items } = await call(listAudit, { query: { cursor: String(sequence + 1), limit: 1 }, signal })
        return items.find((entry) => entry.sequence === sequence) ?? null
      },
      staleTime: Infinity,
    }),
  /** Whether an export would be given: a download that is refused cannot say why, and leaves a record. */
  checkExport: () =>
    mutationOptions({
      mutationFn: (filter: AuditFilter) => call(listAudit, { query: { ...filter, limit: 1 } }),
    }),
  head: () =>
    queryOptions({
      queryKey: [...audit.key, 'head'],
      queryFn: ({ signal }) => call(getAuditHead, { signal }),
      staleTime: STALE_MS,
    }),
  /** Reads the whole chain; ending the signal stops the server too. */
  verify: () =>
    mutationOptions({
      mutationFn: ({ head, signal }: Verification) =>
        call(verifyAudit, { body: head === undefined ? {} : { head }, signal }),
    }),
}

/** Where the browser fetches what the filter lists, as a file. */
export function exportAddress(filter: AuditFilter, format: 'ndjson' | 'csv'): string {
  const given = Object.entries({ ...filter, format }).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
  return `${exportAudit.path}?${query.toString()}`
}
