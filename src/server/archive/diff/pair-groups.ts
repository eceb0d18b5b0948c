import type { ReadApiGroup } from '../read-contents.ts'
import type { WorkspaceContents } from '../snapshot.ts'

type LiveGroup = WorkspaceContents['apiGroups'][number]

/** An API group on both sides, or on one. */
export interface GroupPair {
  archived: ReadApiGroup | null
  live: LiveGroup | null
}

/** Which group takes the place of which when the archive is restored (`replace-api-groups.ts`): by guid, else by name. */
export function pairGroups(archived: readonly ReadApiGroup[], live: readonly LiveGroup[]): GroupPair[] {
  const free = new Set(live)
  const pairs = archived.map((group): GroupPair => {
    const same = [...free].find(({ guid }) => group.guid !== '' && guid === group.guid)
    const found = same ?? [...free].find(({ name }) => name.toLowerCase() === group.name.toLowerCase())
    if (found !== undefined) free.delete(found)
    return { archived: group, live: found ?? null }
  })
  return [...pairs, ...[...free].map((group): GroupPair => ({ archived: null, live: group }))]
}
