import type { Drill, DrillProof } from '#api/contract/backup-facts.ts'

/** What the newest drill that succeeded has shown: this one, or the one that it remembers. */
export function lastProof(drill: Drill | null): DrillProof | null {
  if (drill === null) return null
  if (drill.status !== 'succeeded') return drill.last ?? null
  const { at, ms, tables, rows } = drill
  return { at, ms, tables, rows }
}

/** What a drill is before anything of it is done; `before` is the one that it takes the place of. */
export function queuedDrill(now: Date, before: Drill | null): Drill {
  return {
    status: 'queued',
    at: now.toISOString(),
    ms: null,
    tables: [],
    rows: 0,
    endpoints: { found: 0, called: 0, failed: [], reason: null },
    failure: null,
    last: lastProof(before),
  }
}
