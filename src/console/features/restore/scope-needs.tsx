import type { RestorePreview } from '#api/contract/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { isOne, keptTables, keptWords, missingTables, type Need, needWords, withNeeded } from './scope-words.ts'

export interface ScopeNeedsProps {
  scope: Pick<RestorePreview, 'tables' | 'dependencies'>
  chosen: readonly string[]
  onChange: (tables: string[]) => void
}

const LINES_MAX = 5

/** What the chosen tables refer to: tables that must come along, and tables that stay as they are. */
export function ScopeNeeds({ scope, chosen, onChange }: ScopeNeedsProps) {
  const missing = missingTables(chosen, scope)
  const kept = keptTables(chosen, scope)
  return (
    <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      {missing.length > 0 && (
        <Callout
          tone="warning"
          className="wrap-anywhere"
          action={
            <Button size="sm" onClick={() => onChange(withNeeded(chosen, scope))}>
              {isOne(missing) ? 'Take it along' : 'Take them along'}
            </Button>
          }
        >
          <Lines needs={missing} />
        </Callout>
      )}
      {kept.length > 0 && (
        <Callout
          className="wrap-anywhere"
          action={
            <Button size="sm" onClick={() => onChange(withNeeded(chosen, scope, keptTables))}>
              {isOne(kept) ? 'Restore it too' : 'Restore them too'}
            </Button>
          }
        >
          {keptWords(kept)}
        </Callout>
      )}
    </div>
  )
}

function Lines({ needs }: { needs: readonly Need[] }) {
  return (
    <>
      {needs.slice(0, LINES_MAX).map((need) => (
        <p key={need.table}>{needWords(need)}</p>
      ))}
      {needs.length > LINES_MAX && <p>{needs.length - LINES_MAX} more tables need others.</p>}
    </>
  )
}
