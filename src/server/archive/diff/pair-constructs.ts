import { FORMAT_WITH_CONSTRUCTS } from '../format.ts'
import type { ReadConstruct } from '../read-constructs.ts'
import type { WorkspaceContents } from '../snapshot.ts'
import type { GroupPair } from './pair-groups.ts'

type LiveRow = WorkspaceContents['constructs'][number]

/** A construct of the workspace; `group` names its API group as it will be called, or as it is where that goes. */
type LiveConstruct = Pick<LiveRow, 'kind' | 'name' | 'verb' | 'guid' | 'text' | 'draft'> & {
  group: string | null
  isGroupKept: boolean
}

/** A construct on both sides, or on one. */
export interface ConstructPair {
  archived: ReadConstruct | null
  live: LiveConstruct | null
}

/** The constructs of a workspace with the names of their groups. */
export function liveConstructs(rows: readonly LiveRow[], groups: readonly GroupPair[]): LiveConstruct[] {
  const byId = new Map(groups.map((pair) => [pair.live?.id, pair]))
  return rows.map(({ kind, name, verb, guid, text, draft, api_group_id: groupId }) => {
    const pair = groupId === null ? undefined : byId.get(groupId)
    const group = pair?.archived?.name ?? pair?.live?.name ?? null
    return { kind, name, verb, guid, text, draft, group, isGroupKept: groupId === null || pair?.archived != null }
  })
}

/**
 * Which construct takes the place of which when the archive is restored: by kind and guid, else by kind and name. An
 * archive of a format that knew no constructs takes only those away whose API group goes.
 */
export function pairConstructs(
  format: number,
  archived: readonly ReadConstruct[],
  live: readonly LiveConstruct[],
): ConstructPair[] {
  if (format < FORMAT_WITH_CONSTRUCTS) {
    return live.filter(({ isGroupKept }) => !isGroupKept).map((construct) => ({ archived: null, live: construct }))
  }
  const free = new Map(live.map((construct) => [guidKey(construct), construct]))
  const byGuid = archived.map((construct) => take(free, guidKey(construct)))
  const named = new Map([...free.values()].map((construct) => [nameKey(construct), construct]))
  const pairs = archived.map((construct, at): ConstructPair => {
    const found = byGuid[at] ?? take(named, nameKey(construct))
    return { archived: construct, live: found ?? null }
  })
  return [...pairs, ...[...named.values()].map((construct): ConstructPair => ({ archived: null, live: construct }))]
}

function take(free: Map<string, LiveConstruct>, key: string): LiveConstruct | undefined {
  const found = free.get(key)
  if (found !== undefined) free.delete(key)
  return found
}

type Named = Pick<LiveConstruct, 'kind' | 'name' | 'verb' | 'group' | 'guid'>

function guidKey({ kind, guid }: Named): string {
  return `${kind} ${guid}`
}

function nameKey({ kind, name, verb, group }: Named): string {
  return JSON.stringify([kind, name.toLowerCase(), verb, group?.toLowerCase()])
}
