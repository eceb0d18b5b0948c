import type { ApiGroupRow } from '../api-groups/store.ts'
import { buildDocument, type OpenapiDocument } from './document.ts'
import type { DocumentEndpoint } from './operation.ts'
import type { KnownConstruct } from './read-constructs.ts'

/** Where a group's endpoints are called, from the origin: the branch is part of it unless it is the live one. */
export function addressOf({ canonical, branch, live }: Pick<ApiGroupRow, 'canonical' | 'branch' | 'live'>): string {
  return live ? `/api:${canonical}` : `/api:${canonical}:${branch}`
}

/** The document of these endpoints of a group. `serverUrl` is where they are called. */
export function groupDocument(
  group: ApiGroupRow,
  constructs: readonly KnownConstruct[],
  serverUrl: string,
): OpenapiDocument {
  const { name, description } = group
  return buildDocument({
    title: name,
    description: [description, group.docs].filter((text) => text !== '').join('\n\n'),
    serverUrl,
    groups: [{ name, description, prefix: '', endpoints: constructs.flatMap(toEndpoint) }],
  })
}

/** The document of all groups of a branch; each address begins with the one of its group. */
export function workspaceDocument(
  workspace: { name: string; description?: string | undefined },
  groups: readonly ApiGroupRow[],
  constructs: readonly KnownConstruct[],
  serverUrl: string,
): OpenapiDocument {
  return buildDocument({
    title: workspace.name,
    description: workspace.description ?? '',
    serverUrl,
    groups: groups.map((group) => ({
      name: group.name,
      description: group.description,
      prefix: addressOf(group),
      endpoints: constructs.filter(({ row }) => row.api_group_id === group.id).flatMap(toEndpoint),
    })),
  })
}

/** Queries only: nothing else is called by an address. */
function toEndpoint({ row, header, problem, input }: KnownConstruct): DocumentEndpoint[] {
  if (row.kind !== 'query' || row.verb === null) return []
  const { name, verb, description } = row
  return [{ name, verb, description, docs: header?.docs ?? '', auth: header?.auth ?? null, input, problem }]
}
