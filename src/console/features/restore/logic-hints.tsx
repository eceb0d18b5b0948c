import type { RestorePreview } from '#api/contract/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { countLacking, lackingLogic, lackingWords, withUsed } from './logic-needs.ts'
import type { Parts } from './parts.ts'

const LINES_MAX = 5

export interface LogicHintsProps {
  preview: RestorePreview
  parts: Parts
  onChange: (parts: Parts) => void
  /** Who lacks it: `the workspace`, `the new workspace`. */
  place: string
}

/** What chosen API groups and constructs use and the target lacks. It is found by name in their texts: a hint, no rule. */
export function LogicHints({ preview, parts, onChange, place }: LogicHintsProps) {
  const lacking = lackingLogic(parts, preview.choices)
  const taken = withUsed(parts, preview)
  return (
    <div aria-live="polite" className="empty:hidden">
      {lacking.length > 0 && (
        <Callout
          className="wrap-anywhere"
          action={
            taken !== parts && (
              <Button size="sm" onClick={() => onChange(taken)}>
                {countLacking(lacking) === 1 ? 'Take it along' : 'Take them along'}
              </Button>
            )
          }
        >
          {lacking.slice(0, LINES_MAX).map((need) => (
            <p key={`${need.kind}:${need.name}`}>{lackingWords(need, place)}</p>
          ))}
          {lacking.length > LINES_MAX && <p>{lacking.length - LINES_MAX} more use what is lacking.</p>}
        </Callout>
      )}
    </div>
  )
}
