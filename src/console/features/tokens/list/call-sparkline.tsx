import { formatCount } from '#console/lib/format.ts'

const BAR = 1
const STEP = 1.5
const HEIGHT = 16

/** One path for all days: thousands of these stand in one list. */
function barsOf(calls: readonly number[]): string {
  const most = Math.max(...calls)
  return calls
    .map((count, index) => {
      const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT))
      return `M${index * STEP} ${HEIGHT}v-${height}h${BAR}v${height}z`
    })
    .join('')
}

/** Calls a day, the oldest at the left, each token against its own busiest day. */
export function CallSparkline({ calls }: { calls: readonly number[] }) {
  const sum = calls.reduce((total, count) => total + count, 0)
  if (sum === 0) return null
  const words = `${formatCount(sum, 'call')} in ${calls.length} days, at most ${Math.max(...calls)} a day`
  return (
    <svg
      role="img"
      aria-label={words}
      width={calls.length * STEP}
      height={HEIGHT}
      className="mr-1.5 inline-block fill-accent align-middle"
    >
      <title>{words}</title>
      <path d={barsOf(calls)} />
    </svg>
  )
}
