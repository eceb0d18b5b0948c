import { joinWords } from '#console/scopes/grant-words.ts'
import { Tooltip } from '#console/ui/tooltip.tsx'

/** Names of workspaces in one line; all of them on hover where they are cut. None are left where all were deleted. */
export function ReachCell({ names }: { names: 'all' | readonly string[] }) {
  if (names === 'all') return 'All'
  if (names.length === 0) return <span className="text-muted">None</span>
  const words = joinWords(names)
  return (
    <Tooltip content={words}>
      <span>{words}</span>
    </Tooltip>
  )
}
