import { useState } from 'react'

import { formatClock } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'

/** What is waited for, and for how long already. */
export function CompareNote() {
  const [startedAt] = useState(() => Date.now())
  const now = useNow(1_000)
  return (
    <p className="text-sm text-muted">
      Comparing every row of the backup with what is there now. With millions of rows that takes minutes; leaving this
      page ends it. <span className="tabular-nums">{formatClock(now.getTime() - startedAt)}</span>
    </p>
  )
}
