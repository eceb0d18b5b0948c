import { badArchive } from '../archive-error.ts'
import { compareKeys, keyOf, type KeyType } from './keys.ts'
import type { RecordStream } from './record-stream.ts'

/** Told of each record that is not the same on both sides. The buffers are good during the call only. */
export interface DifferenceVisitor {
  added(archived: Buffer): void
  changed(archived: Buffer, live: Buffer): void
  removed(live: Buffer): void
}

/**
 * Compares two streams of records that are ordered by their first field. Where both hold the same bytes they are
 * compared as bytes and nothing is looked at; only around a difference are records taken one by one.
 */
export async function mergeRows(
  archive: RecordStream,
  live: RecordStream,
  type: KeyType,
  visitor: DifferenceVisitor,
): Promise<void> {
  const order = new KeyOrder(type, archive.table)
  for (;;) {
    if (archive.length === 0) await archive.fill()
    if (live.length === 0) await live.fill()
    if (skipEqual(archive, live)) continue
    if (!(await takeOne(archive, live, order, visitor))) return
  }
}

/** Skips the whole records that both sides begin with; false where there are none. */
function skipEqual(archive: RecordStream, live: RecordStream): boolean {
  const equal = equalBytes(archive, live, Math.min(archive.length, live.length))
  const whole = equal === 0 ? 0 : archive.wholeRecords(equal)
  archive.skip(whole)
  live.skip(whole)
  return whole > 0
}

/** How many of the next `count` bytes are the same. */
function equalBytes(a: RecordStream, b: RecordStream, count: number): number {
  const { data: left, start: from } = a
  const { data: right, start: other } = b
  if (left.compare(right, other, other + count, from, from + count) === 0) return count
  let at = 0
  while (left[from + at] === right[other + at]) at += 1
  return at
}

/** Takes the next record of one side, or of both where they have the same id; false at the end of both. */
async function takeOne(
  archive: RecordStream,
  live: RecordStream,
  order: KeyOrder,
  visitor: DifferenceVisitor,
): Promise<boolean> {
  const archived = await archive.record()
  const now = await live.record()
  if (archived === null && now === null) return false
  const place = order.place(archived, now)
  if (archived !== null && place <= 0) archive.skipRecord(archived)
  if (now !== null && place >= 0) live.skipRecord(now)
  tell(place <= 0 ? archived : null, place >= 0 ? now : null, visitor)
  return true
}

function tell(archived: Buffer | null, now: Buffer | null, visitor: DifferenceVisitor): void {
  if (archived === null) {
    if (now !== null) visitor.removed(now)
  } else if (now === null) visitor.added(archived)
  else if (!archived.equals(now)) visitor.changed(archived, now)
}

/** Where the archive's records stand among the others; refuses those that are not in their order. */
class KeyOrder {
  readonly #type: KeyType
  readonly #table: string
  #last: Buffer | undefined
  #isTaken = false

  constructor(type: KeyType, table: string) {
    this.#type = type
    this.#table = table
  }

  /** Below 0 where the archive's record comes first, 0 where both have the same id. Null stands for the end. */
  place(archived: Buffer | null, live: Buffer | null): number {
    if (archived === null) return 1
    const key = keyOf(archived)
    if (this.#isTaken) this.#requireAfterLast(key)
    const place = live === null ? -1 : compareKeys(this.#type, key, keyOf(live))
    this.#isTaken = place <= 0
    if (this.#isTaken) this.#last = Buffer.from(key)
    return place
  }

  #requireAfterLast(key: Buffer): void {
    if (this.#last === undefined || compareKeys(this.#type, this.#last, key) < 0) return
    throw badArchive(
      'bad_rows',
      `The rows of "${this.#table}" in the archive are not in the order of their ids, or there twice.`,
    )
  }
}
