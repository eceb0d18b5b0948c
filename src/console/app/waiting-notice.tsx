import { Hourglass } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import type { Waiting } from '#console/data/waiting.ts'
import { useNow } from '#console/lib/use-now.ts'

const SECOND_MS = 1_000

/** Over every page while the server has put reads off: that they wait, until when, and that nothing is to be done. */
export function WaitingNotice({ waiting }: { waiting: Waiting }) {
  const until = useSyncExternalStore(waiting.subscribe, waiting.until)
  return (
    <output className="fixed bottom-4 left-4 z-40 block max-w-[calc(100vw-2rem)] print:hidden">
      {until !== undefined && <Line key={until} until={until} />}
    </output>
  )
}

function Line({ until }: { until: number }) {
  const leftMs = until - useNow(SECOND_MS).getTime()
  if (leftMs <= 0) return null
  return (
    <p className="flex items-start gap-2.5 rounded-lg bg-overlay p-3 text-sm shadow-overlay">
      <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-warning" />
      <span>
        <span className="font-medium">Too many requests at once.</span> The page goes on by itself at{' '}
        {new Date(until).toLocaleTimeString()}
        {/* Read out once, not every second. */}
        <span aria-hidden className="tabular-nums">
          , in {Math.ceil(leftMs / SECOND_MS)} s
        </span>
        .
      </span>
    </p>
  )
}
