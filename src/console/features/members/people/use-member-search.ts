import { z } from 'zod'

import { useUrlParams } from '#console/lib/use-url-params.ts'

const MemberSearch = z.object({
  q: z.string().max(200).catch(''),
  /** The member whose sheet is open. */
  member: z.coerce.number().int().positive().optional().catch(undefined),
})
type MemberSearch = z.infer<typeof MemberSearch>

/** Search and the open member, kept in the address. */
export function useMemberSearch() {
  const [params, setParams] = useUrlParams()
  function setSearch(change: Partial<MemberSearch>) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [key, value] of Object.entries(change)) {
          if (value === undefined || value === '') next.delete(key)
          else next.set(key, String(value))
        }
        return next
      },
      { replace: change.member === undefined, preventScrollReset: true },
    )
  }
  return { search: MemberSearch.parse(Object.fromEntries(params)), setSearch }
}
