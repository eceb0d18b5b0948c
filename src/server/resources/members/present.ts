import type { Member } from '#api/contract/members.ts'

import { rightsOf } from '../../caller.ts'
import type { MemberCounts, MemberRow } from './store.ts'

/** The account as the API answers it. */
export function toMember(row: MemberRow, counts: MemberCounts): Member {
  const { id, name, email, role, invited_by: inviterId, inviter } = row
  return {
    id,
    name,
    email,
    role,
    ...rightsOf(row),
    status: row.disabled_at === null ? 'active' : 'disabled',
    hasPassword: row.password_hash !== null,
    secondSteps: (['totp', 'passkey'] as const).filter((kind) => counts[kind].has(id)),
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    invitedBy: inviterId === null || inviter === null ? null : { id: inviterId, name: inviter },
    sessions: counts.sessions.get(id) ?? 0,
    tokens: counts.tokens.get(id) ?? 0,
  }
}

/** What the audit log calls an account. */
export function targetOf({ id, email }: { id: number; email: string }): Record<string, unknown> {
  return { kind: 'user', id, name: email }
}
