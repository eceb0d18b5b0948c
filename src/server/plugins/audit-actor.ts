import type { NewAuditRecord } from '../resources/audit-log/append.ts'
import type { Bearer } from '../resources/tokens/find-token.ts'

type Actor = Pick<NewAuditRecord, 'actor_kind' | 'actor_id' | 'actor_label' | 'person_id' | 'person_email'>

/** Who it was, as the record keeps it: the account and its e-mail address, and for a token its name and last four. */
export function actorOf(caller: Bearer | null): Actor {
  if (caller === null) return { actor_kind: 'system', actor_id: null, actor_label: 'nobody signed in' }
  const { kind, id, label, user } = caller
  return {
    actor_kind: kind,
    actor_id: id,
    actor_label: label,
    person_id: user?.id ?? null,
    person_email: user?.email ?? null,
  }
}
