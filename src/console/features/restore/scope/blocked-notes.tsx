import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { Callout } from '#console/ui/callout.tsx'

import { blockedChoices, blockedWords, type LogicChoice, remedyWords, unblocked } from '../blocked-parts.ts'
import { LinesBox } from '../lines-box.tsx'
import { constructKey, type Parts } from '../parts.ts'
import { ChoiceNote, NoteLines } from './choice-note.tsx'

/** What is in the archive and cannot be chosen, and why: below the list of what can be. */
export function StuckNote({ stuck, noun }: { stuck: readonly LogicChoice[]; noun: string }) {
  if (stuck.length === 0) return null
  const title = stuck.length === 1 ? `1 ${noun} cannot be chosen` : `${stuck.length} ${noun}s cannot be chosen`
  const lines = stuck.map((one) => ({ key: constructKey(one), words: blockedWords(one) }))
  return (
    <Callout title={title} className="wrap-anywhere">
      <LinesBox label="Why they cannot be chosen" lines={lines} />
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
  const lines = blocked.map((choice) => ({
    key: constructKey(choice.one),
    words: `${blockedWords(choice.one)} ${remedyWords(choice)}`,
  }))
  return (
    <div aria-live="polite" className="empty:hidden">
      {lines.length > 0 && (
        <ChoiceNote
          tone="warning"
          action={{
            label: isStuck ? 'Leave out what is blocked' : 'Take along what is needed',
            onClick: () => onChange(unblocked(parts, choices)),
          }}
        >
          <NoteLines lines={lines} more="more have names that are taken" />
        </ChoiceNote>
      )}
    </div>
  )
}
