import type { Protection } from '#api/contract/protection.ts'
import { formatLocal, formatRelative } from '#console/lib/format-time.ts'
import { formatCount } from '#console/lib/format.ts'

/** What would bring a workspace back: the newest good backup and its age, or that there is none. */
export function wayBackWords({ lastGood }: Pick<Protection, 'lastGood'>, now: Date): string {
  if (lastGood === null) return 'There is no good backup of it with rows: what is in it cannot be brought back.'
  const at = new Date(lastGood.at)
  return (
    `The newest good backup is of ${formatLocal(at)} (${formatRelative(at, now)}) with ` +
    `${formatCount(lastGood.rows, 'row')}. Backups stay, and are the only way back.`
  )
}
