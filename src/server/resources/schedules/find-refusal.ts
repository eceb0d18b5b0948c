import type { Db } from '../../db/connection.ts'
import { runRefusal } from './run-refusal.ts'

type Saved = Parameters<typeof runRefusal>[1]

/** Tells of many schedules why each may not run now, null where it may; asks the database once for those alike. */
export function refusalFinder(db: Db, now: Date): (schedule: Saved) => Promise<string | null> {
  const known = new Map<string, Promise<string | null>>()
  return ({ token_id, saved_by, workspace_id }) => {
    const key = `${token_id}/${saved_by}/${workspace_id}`
    const found = known.get(key) ?? ask({ token_id, saved_by, workspace_id })
    known.set(key, found)
    return found
  }

  async function ask(schedule: Saved): Promise<string | null> {
    return (await runRefusal(db, schedule, now)) ?? null
  }
}
