import type { AuditLink } from '#api/contract/audit-console.ts'

type Id = number | string

/** Pages of things that lie in no workspace. */
const OUTSIDE: ReadonlyMap<string, (id: Id) => string> = new Map(
  Object.entries({
    workspace: (id: Id) => `/w/${id}`,
    token: (id: Id) => `/tokens/${id}`,
    token_policy: () => '/tokens/policy',
    user: (id: Id) => `/members?member=${id}`,
    invitation: () => '/members/invitations',
    oidc_provider: () => '/members/sign-in',
    sign_in_policy: () => '/members/sign-in',
    restore: (id: Id) => `/restores/${id}`,
    target: () => '/protection/targets',
    notification_channel: () => '/protection/notifications',
  }),
)

/** Pages of things of a workspace, below it. */
const INSIDE: ReadonlyMap<string, (id: Id) => string> = new Map(
  Object.entries({
    table: (id: Id) => `tables/${id}`,
    rows: (id: Id) => `tables/${id}`,
    api_group: () => 'api-groups',
    backup: (id: Id) => `backups/${id}`,
    schedule: (id: Id) => `schedules/${id}`,
  }),
)

/** Where the console shows a thing; undefined where it has no page. */
export function thingPath({ kind, id, workspaceId }: AuditLink): string | undefined {
  const safe = typeof id === 'number' ? id : encodeURIComponent(id)
  const outside = OUTSIDE.get(kind)
  if (outside !== undefined) return outside(safe)
  const inside = INSIDE.get(kind)
  return workspaceId === null || inside === undefined ? undefined : `/w/${workspaceId}/${inside(safe)}`
}
