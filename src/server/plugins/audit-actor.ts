import type { AuditActor } from '../resources/audit-log/new-record.ts'
import type { Bearer } from '../resources/tokens/find-token.ts'

/** Who it was, as the record keeps it: the account and its e-mail address, and for a token its name and last four. */
export function actorOf(caller: Bearer | null): AuditActor {
  const [person_id, person_email] = [caller?.user?.id ?? null, caller?.user?.email ?? null]
  if (caller === null) {
    return { actor_kind: 'system', actor_id: null, actor_label: 'nobody signed in', person_id, person_email }
  }
  return { actor_kind: caller.kind, actor_id: caller.id, actor_label: caller.label, person_id, person_email }
}
