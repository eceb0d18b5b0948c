import type { ApiGroup } from '#api/contract/api-groups.ts'
import { metaTime } from '#api/contract/names.ts'
import { printApiGroup } from '#xanoscript/settings-document.ts'

import type { ApiGroupRow } from './store.ts'

/** What a group says: what its version is made of. */
export function contentOf(row: ApiGroupRow): Record<string, unknown> {
  const { name, description, docs, guid, canonical, swagger, documentation, settings, tag } = row
  return { name, description, docs, guid, canonical, swagger, documentation, settings, tag }
}

/** What the audit record says of a group. */
export function targetOf(row: ApiGroupRow): { kind: string; id: number; name: string; branch: string } {
  return { kind: 'api_group', id: row.id, name: row.name, branch: row.branch }
}

/**
 * A group as a XanoScript document. Where the published documentation asks for a token, the language has the token
 * itself there. None is stored, as every access token serves; the guid stands for it, which is known to readers of the
 * group only.
 */
export function textOf(row: ApiGroupRow): string {
  const { active = null, ...settings } = row.settings
  return printApiGroup({
    ...settings,
    name: row.name,
    canonical: row.canonical,
    description: row.description === '' ? null : row.description,
    docs: row.docs === '' ? null : row.docs,
    active,
    swagger: row.swagger,
    ...(row.documentation.require_token ? { swaggerToken: row.guid } : {}),
    tags: row.tag,
    guid: row.guid,
  })
}

/** A group as the API answers it, with its document where the request asks for that. */
export function toApiGroup(row: ApiGroupRow, query: { include_xanoscript: boolean }): ApiGroup {
  return {
    id: row.id,
    created_at: metaTime(row.created_at),
    updated_at: metaTime(row.updated_at),
    name: row.name,
    description: row.description,
    docs: row.docs,
    guid: row.guid,
    canonical: row.canonical,
    branch: row.branch,
    tag: row.tag,
    swagger: row.swagger,
    ...(query.include_xanoscript ? { xanoscript: { status: 'ok' as const, value: textOf(row) } } : {}),
  }
}
