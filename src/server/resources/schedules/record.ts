import type { Db } from '../../db/connection.ts'

/** Something that the server did by itself because a schedule says so. */
interface Deed {
  at: Date
  /** `Schedule Nightly`, as the audit log shows it. */
  by: string
  workspaceId: number | null
  /** Id of the operation that does the same for a person. */
  action: string
  target: { kind: string; id: number; name: string }
  detail: Record<string, unknown>
}

/** Puts it into the audit log. */
export async function recordDeed(db: Db, { at, by, workspaceId, action, target, detail }: Deed): Promise<void> {
  await db
    .insertInto('audit_record')
    .values({
      at,
      actor_kind: 'system',
      actor_id: null,
      actor_label: by,
      workspace_id: workspaceId,
      action,
      target: JSON.stringify(target),
      detail: JSON.stringify(detail),
      address: '',
      request_id: '',
    })
    .execute()
}
