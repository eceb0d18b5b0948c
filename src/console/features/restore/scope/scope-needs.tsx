import type { RestorePreview } from '#api/contract/restores.ts'

import { isOne, keptTables, keptWords, missingTables, needWords, withNeeded } from '../scope-words.ts'
import { ChoiceNote, NoteLines } from './choice-note.tsx'

export interface ScopeNeedsProps {
  scope: Pick<RestorePreview, 'tables' | 'dependencies'>
  chosen: readonly string[]
  onChange: (tables: string[]) => void
}

/** What the chosen tables refer to: tables that must come along, and tables that stay as they are. */
export function ScopeNeeds({ scope, chosen, onChange }: ScopeNeedsProps) {
  const missing = missingTables(chosen, scope)
  const kept = keptTables(chosen, scope)
  const lines = missing.map((need) => ({ key: need.table, words: needWords(need) }))
  return (
    <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      {missing.length > 0 && (
        <ChoiceNote
          tone="warning"
          action={{
            label: isOne(missing) ? 'Take it along' : 'Take them along',
            onClick: () => onChange(withNeeded(chosen, scope)),
          }}
        >
          <NoteLines lines={lines} more="more tables need others" />
        </ChoiceNote>
      )}
      {kept.length > 0 && (
        <ChoiceNote
          action={{
            label: isOne(kept) ? 'Restore it too' : 'Restore them too',
            onClick: () => onChange(withNeeded(chosen, scope, keptTables)),
          }}
        >
          {keptWords(kept)}
        </ChoiceNote>
      )}
    </div>
  )
}
