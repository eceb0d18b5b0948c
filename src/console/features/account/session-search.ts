import { z } from 'zod'

import type { SessionFilter } from '#console/data/sessions.ts'

/** Cursors of the pages that were turned, the last one last. */
const Before = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15})*$/)
  .optional()
  .catch(undefined)

/** Whose sessions are listed and from where on, as the address says it. */
export interface SessionSearch {
  of: 'mine' | 'everybody'
  before: string | undefined
}

export function readSessionSearch(params: URLSearchParams): SessionSearch {
  return {
    of: params.get('of') === 'everybody' ? 'everybody' : 'mine',
    before: Before.parse(params.get('before') ?? undefined),
  }
}

/** The address's query for it; what goes without saying is left out. */
export function sessionQuery({ of, before }: SessionSearch): Record<string, string> {
  return { ...(of === 'everybody' ? { of } : {}), ...(before === undefined ? {} : { before }) }
}

/** What is asked for. Whoever may see the own ones only gets those, whatever the address says. */
export function sessionFilter({ of, before }: SessionSearch, maySeeAll: boolean): SessionFilter {
  return { all: maySeeAll && of === 'everybody', cursor: before?.split(',').at(-1) }
}

/** The pages before and after; absent where there is none. */
export function turnPages(search: SessionSearch, nextCursor: string | null) {
  const turned = search.before?.split(',') ?? []
  const to = (cursors: readonly string[]): SessionSearch => ({
    ...search,
    before: cursors.length === 0 ? undefined : cursors.join(','),
  })
  return {
    previous: turned.length === 0 ? undefined : to(turned.slice(0, -1)),
    next: nextCursor === null ? undefined : to([...turned, nextCursor]),
  }
}
