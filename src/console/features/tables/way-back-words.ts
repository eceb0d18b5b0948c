import type { Protection } from '#api/contract/protection.ts'
import type { Table } from '#api/contract/tables.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import { formatLocal, formatRelative } from '#console/lib/format-time.ts'

/** What would bring a table back: the newest good backup of its workspace and its age, or that there is none of it. */
export function wayBackWords(
  { created_at }: Pick<Table, 'created_at'>,
  { lastGood }: Pick<Protection, 'lastGood'>,
  now: Date,
): { words: string; isLost: boolean } {
  if (lastGood === null) {
    return { words: 'There is no good backup of this workspace with rows: nothing brings them back.', isLost: true }
  }
  const at = new Date(lastGood.at)
  const when = `${formatLocal(at)} (${formatRelative(at, now)})`
  if (created_at !== undefined && at < new Date(metaTimeToIso(created_at))) {
    return {
      words: `The newest good backup, of ${when}, is older than this table: nothing brings it back.`,
      isLost: true,
    }
  }
  return { words: `The newest good backup is of ${when}. Only a restore brings the table back.`, isLost: false }
}
