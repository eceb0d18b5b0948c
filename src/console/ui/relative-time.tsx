import { formatRelative, relativeLifetimeMs } from '#console/lib/format-time.ts'
import { useNow } from '#console/lib/use-now.ts'

import { ExactTime } from './exact-time.tsx'

export interface RelativeTimeProps {
  /** An ISO string, milliseconds or a date. */
  at: string | number | Date
  className?: string | undefined
}

/** "3 min ago"; the exact local and UTC time on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const date = new Date(at)
  const now = useNow((moment) => relativeLifetimeMs(date, moment))
  if (Number.isNaN(date.getTime())) return <span className="text-muted">unknown</span>
  return (
    <ExactTime at={date} className={className ?? 'whitespace-nowrap'}>
      {formatRelative(date, now)}
    </ExactTime>
  )
}
