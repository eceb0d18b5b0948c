import { joinWords } from '#console/scopes/grant-words.ts'
import { Tooltip } from '#console/ui/tooltip.tsx'

/** Names of workspaces in one line; all of them on hover where they are cut. */
export function ReachCell({ names }: { names: 'all' | readonly string[] }) {
  if (names === 'all') return 'All'
  const words = joinWords(names)
  return (
    <Tooltip content={words}>
      <span>{words}</span>
    </Tooltip>
  )
}
