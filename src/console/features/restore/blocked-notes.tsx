import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { blockedChoices, blockedWords, type LogicChoice, remedyWords, unblocked } from './blocked-parts.ts'
import { constructKey, type Parts } from './parts.ts'

const LINES_MAX = 5

/** What is in the archive and cannot be chosen, and why: below the list of what can be. */
export function StuckNote({ stuck, noun }: { stuck: readonly LogicChoice[]; noun: string }) {
  if (stuck.length === 0) return null
  const title = stuck.length === 1 ? `1 ${noun} cannot be chosen` : `${stuck.length} ${noun}s cannot be chosen`
  return (
    <Callout title={title} className="wrap-anywhere">
      <ScrollRegion aria-label="Why they cannot be chosen" className="max-h-40 overflow-y-auto">
        <ul>
          {stuck.map((one) => (
            <li key={constructKey(one)}>{blockedWords(one)}</li>
          ))}
        </ul>
      </ScrollRegion>
      <p className="mt-1">Rename one of the two there, and it can be restored.</p>
    </Callout>
  )
}

export interface BlockedNoteProps {
  parts: Parts
  choices: ScopeChoices
  onChange: (parts: Parts) => void
}

/** Chosen groups and constructs whose names are taken, with what makes them possible. */
export function BlockedNote({ parts, choices, onChange }: BlockedNoteProps) {
  const blocked = blockedChoices(parts, choices)
  const isStuck = blocked.every(({ partner }) => partner === undefined)
  return (
    <div aria-live="polite" className="empty:hidden">
      {blocked.length > 0 && (
        <Callout
          tone="warning"
          className="wrap-anywhere"
          action={
            <Button size="sm" onClick={() => onChange(unblocked(parts, choices))}>
              {isStuck ? 'Leave out what is blocked' : 'Take along what is needed'}
            </Button>
          }
        >
          {blocked.slice(0, LINES_MAX).map((choice) => (
            <p key={constructKey(choice.one)}>
              {blockedWords(choice.one)} {remedyWords(choice)}
            </p>
          ))}
          {blocked.length > LINES_MAX && <p>{blocked.length - LINES_MAX} more have names that are taken.</p>}
        </Callout>
      )}
    </div>
  )
}
