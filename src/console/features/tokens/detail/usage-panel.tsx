import type { TokenUsage } from '#api/contract/token-usage.ts'
import { formatCount } from '#console/lib/format.ts'
import { Panel } from '#console/ui/panel.tsx'

import { UsageChart } from './usage-chart.tsx'
import { UsageErrors } from './usage-errors.tsx'
import { UsageOperations } from './usage-operations.tsx'
import { sumCalls } from './usage-words.ts'

/** What the token called: by day, by operation and status, and what failed last. */
export function UsagePanel({ usage }: { usage: TokenUsage }) {
  const { calls, errors } = sumCalls(usage.byDay)
  return (
    <Panel
      title="Calls"
      description={`${formatCount(calls, 'call')}, ${errors} of them refused or failed, in the last ${usage.days} days (UTC)`}
    >
      {calls === 0 && usage.lastErrors.length === 0 ? (
        <p className="text-sm text-muted">No call in this time. Calls show here a few seconds after they were made.</p>
      ) : (
        <div className="flex flex-col gap-5">
          <UsageChart usage={usage} />
          <UsageOperations usage={usage} />
          <UsageErrors usage={usage} />
        </div>
      )}
    </Panel>
  )
}
