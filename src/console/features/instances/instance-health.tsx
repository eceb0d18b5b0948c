import { useQuery } from '@tanstack/react-query'

import type { Instance } from '#api/contract/account.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { instances } from '#console/data/instances.ts'
import { formatDuration } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'

/** Whether the instance answers right now, how fast, and which version. */
export function InstanceHealth({ instance }: { instance: Instance }) {
  const health = useQuery(instances.health(instance.name))
  if (health.isPending) return <span className="text-muted">Asking…</span>
  if (health.isError) {
    return (
      <span className="flex items-center gap-2">
        <Badge tone="danger">Not ready</Badge>
        <span className="truncate text-muted">{describeFailure(health.error, '').cause}</span>
      </span>
    )
  }
  return (
    <span className="flex items-center gap-2">
      <Badge tone="success">Ready</Badge>
      <span className="text-muted tabular-nums">
        {formatDuration(health.data.latencyMs)} · version {health.data.version}
      </span>
    </span>
  )
}
