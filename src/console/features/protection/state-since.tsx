import { Badge, type Tone } from '#console/ui/badge.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

/** A state in a badge, and since when: `works, 120 ms  3 min ago`. */
export function StateSince({ words, tone, at }: { words: string; tone: Tone; at: string }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Badge tone={tone}>{words}</Badge>
      <RelativeTime at={at} className="text-muted" />
    </span>
  )
}
