/** Later than this, the server was not working when the run was due. */
const LATE_MS = 10 * 60_000

/** What is known of a schedule whose time has come. */
export interface Due {
  /** The moment it was put off to, and the plain moments from the one it belongs to up to now. */
  dueAt: Date
  moments: readonly Date[]
  runMissed: boolean
  /** A run of it that has not ended. */
  underWay: { id: number; created_at: Date } | undefined
}

/** `run` = the moment that a run begins for; `missed` = why a run did not begin at its time. */
export interface Decision {
  run: Date | null
  missed: { kind: 'under_way'; backupId: number; since: Date } | { kind: 'made_up' | 'left_out'; count: number } | null
}

/** However many runs were missed, one makes up for them all: each backup is a whole one. */
export function decideRun({ dueAt, moments, runMissed, underWay }: Due, now: Date): Decision {
  if (underWay !== undefined) {
    return { run: null, missed: { kind: 'under_way', backupId: underWay.id, since: underWay.created_at } }
  }
  const newest = moments.at(-1) ?? dueAt
  if (now.getTime() - dueAt.getTime() <= LATE_MS) return { run: newest, missed: null }
  // Where the newest of them has just come, only those before it were missed.
  const isNewestOnTime = moments.length > 1 && now.getTime() - newest.getTime() <= LATE_MS
  const count = isNewestOnTime ? moments.length - 1 : moments.length
  if (runMissed) return { run: newest, missed: { kind: 'made_up', count } }
  return { run: isNewestOnTime ? newest : null, missed: { kind: 'left_out', count } }
}
