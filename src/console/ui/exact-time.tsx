import type { ReactNode } from 'react'

import { formatLocal, formatUtc } from '#console/lib/format-time.ts'

import { Tooltip } from './tooltip.tsx'

export interface ExactTimeProps {
  at: Date
  className?: string | undefined
  /** The time as it is said here: "3 min ago". */
  children: ReactNode
}

/** A time in words, with its exact local and UTC time on hover. */
export function ExactTime({ at, className, children }: ExactTimeProps) {
  return (
    <Tooltip
      content={
        <span className="block tabular-nums">
          {formatLocal(at)}
          <br />
          {formatUtc(at)}
        </span>
      }
    >
      <time dateTime={at.toISOString()} className={className}>
        {children}
      </time>
    </Tooltip>
  )
}
