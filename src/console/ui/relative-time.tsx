import { formatLocal, formatRelative, formatUtc, relativeLifetimeMs } from '#console/lib/format-time.ts'
import { useNow } from '#console/lib/use-now.ts'

import { Tooltip } from './tooltip.tsx'

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
    <Tooltip
      content={
        <span className="block tabular-nums">
          {formatLocal(date)}
          <br />
          {formatUtc(date)}
        </span>
      }
    >
      <time dateTime={date.toISOString()} className={className ?? 'whitespace-nowrap'}>
        {formatRelative(date, now)}
      </time>
    </Tooltip>
  )
}
