import type { Backup } from '#api/contract/backups.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

/** The line that answers the first question: how much would be lost if this workspace were lost now. */
export function LastGoodBackup({ list }: { list: readonly Backup[] | undefined }) {
  if (list === undefined) return 'Archives of this workspace.'
  const last = list
    .filter(({ status, definitionOnly }) => (status === 'succeeded' || status === 'warnings') && !definitionOnly)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
  if (last === undefined)
    return (
      <span className="text-warning">
        There is no backup with rows: what is deleted or changed cannot be brought back.
      </span>
    )
  return (
    <>
      The newest good backup with rows was taken <RelativeTime at={last.createdAt} />.
    </>
  )
}
