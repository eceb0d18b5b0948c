/** How much is allowed: `perMinute` in the long run, and `atOnce` after a rest. */
export interface Allowance {
  perMinute: number
  atOnce: number
}

/** The share of a minute that may come at once: ten seconds' worth. */
const AT_ONCE_SHARE = 6
const AT_ONCE_MIN = 10

/** `perMinute` is at least 1. */
export function allowance(perMinute: number): Allowance {
  return { perMinute, atOnce: Math.max(AT_ONCE_MIN, Math.round(perMinute / AT_ONCE_SHARE)) }
}

/** What one key used since it was told to the other processes, and the total of all of them as it was last seen. */
export interface Use {
  key: string
  used: number
}

interface Bucket {
  /**
   * What is left, in whole units: a millisecond adds `perMinute` of them and a request costs `COST`. Negative after use by
   * other processes and after failures, which are counted when they are known.
   */
  credit: number
  atMs: number
  unsent: number
  /** Total of all processes as the database last told it; null = not told yet. */
  total: number | null
}

/** Token buckets by key. They hold numbers only; memory is bounded by `KEYS_MAX`. */
export interface Buckets {
  /** Takes one. Answers 0, or the milliseconds after which one can be had; then nothing was taken. */
  take(key: string, nowMs: number): number
  /** The same answer without taking. */
  waitMs(key: string, nowMs: number): number
  /** Takes one whether or not it is there: the debt is at most a minute's worth. */
  spend(key: string, nowMs: number): void
  /** Keys that used enough to be worth telling, the busiest first; they count as told from here on. */
  takeUnsent(max: number): Use[]
  /** Undoes `takeUnsent` where telling failed. */
  giveBack(uses: readonly Use[]): void
  /** Charges what the other processes used: `total` is everybody's, `sent` is what was told from here. */
  settle(key: string, total: number, sent: number): void
}

/** More keys than this, and the one that was made first is forgotten. */
export const KEYS_MAX = 50_000
/** A minute's milliseconds: what a request costs. */
const COST = 60_000
/** Use below this share of what may come at once is not worth telling. */
const WORTH_TELLING_SHARE = 0.1

/** Makes empty books: every key starts with all that may come at once. */
export function createBuckets({ perMinute, atOnce }: Allowance): Buckets {
  const byKey = new Map<string, Bucket>()
  const worthTelling = Math.max(1, atOnce * WORTH_TELLING_SHARE)

  function bucketOf(key: string, nowMs: number): Bucket {
    let bucket = byKey.get(key)
    if (bucket === undefined) {
      if (byKey.size >= KEYS_MAX) forgetFirst(byKey)
      bucket = { credit: atOnce * COST, atMs: nowMs, unsent: 0, total: null }
      byKey.set(key, bucket)
    }
    // A clock that was set back gives nothing and takes nothing.
    const passedMs = Math.max(0, nowMs - bucket.atMs)
    bucket.credit = Math.min(atOnce * COST, bucket.credit + passedMs * perMinute)
    bucket.atMs = nowMs
    return bucket
  }

  const waitFor = ({ credit }: Bucket): number => Math.max(0, Math.ceil((COST - credit) / perMinute))

  function charge(bucket: Bucket, count: number): void {
    bucket.credit = Math.max(-perMinute * COST, bucket.credit - count * COST)
  }

  return {
    take(key, nowMs) {
      const bucket = bucketOf(key, nowMs)
      const wait = waitFor(bucket)
      if (wait > 0) return wait
      bucket.credit -= COST
      bucket.unsent += 1
      return 0
    },
    waitMs: (key, nowMs) => (byKey.has(key) ? waitFor(bucketOf(key, nowMs)) : 0),
    spend(key, nowMs) {
      const bucket = bucketOf(key, nowMs)
      charge(bucket, 1)
      bucket.unsent += 1
    },
    takeUnsent(max) {
      const uses: Use[] = []
      for (const [key, { unsent }] of byKey) if (unsent >= worthTelling) uses.push({ key, used: unsent })
      const told = uses.toSorted((a, b) => b.used - a.used).slice(0, max)
      for (const { key } of told) {
        const bucket = byKey.get(key)
        if (bucket !== undefined) bucket.unsent = 0
      }
      return told
    },
    giveBack(uses) {
      for (const { key, used } of uses) {
        const bucket = byKey.get(key)
        if (bucket !== undefined) bucket.unsent += used
      }
    },
    settle(key, total, sent) {
      const bucket = byKey.get(key)
      if (bucket === undefined) return
      // Not told yet: what others used before is theirs. A smaller total: the row was cleared away in between.
      if (bucket.total !== null) charge(bucket, Math.max(0, total - bucket.total - sent))
      bucket.total = total
    },
  }
}

function forgetFirst(map: Map<string, unknown>): void {
  const [first] = map.keys()
  if (first !== undefined) map.delete(first)
}
