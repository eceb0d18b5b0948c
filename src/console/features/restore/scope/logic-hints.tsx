import type { RestorePreview } from '#api/contract/restores.ts'

import { constructKey, type Parts } from '../parts.ts'
import { ChoiceNote, NoteLines } from './choice-note.tsx'
import { countLacking, lackingLogic, lackingWords, withUsed } from './logic-needs.ts'

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
  const takeAlong = {
    label: countLacking(lacking) === 1 ? 'Take it along' : 'Take them along',
    onClick: () => onChange(taken),
  }
  const lines = lacking.map((need) => ({ key: constructKey(need), words: lackingWords(need, place) }))
  return (
    <div aria-live="polite" className="empty:hidden">
      {lines.length > 0 && (
        <ChoiceNote action={taken === parts ? undefined : takeAlong}>
          <NoteLines lines={lines} more="more use what is lacking" />
        </ChoiceNote>
      )}
    </div>
  )
}
