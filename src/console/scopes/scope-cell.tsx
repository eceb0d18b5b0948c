import { Lock, TriangleAlert } from 'lucide-react'

import { type ScopeInfo, type ScopeLetter, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { blastRadius } from './blast-radius.ts'
import { isGranted, isLocked, setCell } from './scope-matrix.ts'

export interface ScopeCellProps {
  info: ScopeInfo
  letter: ScopeLetter
  scopes: Scopes
  /** What whoever grants holds. */
  held: Scopes
  onScopesChange: (scopes: Scopes) => void
}

/** One letter of one scope: a box, a lock where it is not held, nothing where the scope does not know the letter. */
export function ScopeCell({ info, letter, scopes, held, onScopesChange }: ScopeCellProps) {
  const name = `${info.label}: ${scopeWord(letter)}`
  if (!info.letters.includes(letter)) {
    return (
      <span className="text-muted">
        <span aria-hidden>–</span>
        <span className="sr-only">
          {info.label} has no {scopeWord(letter)}
        </span>
      </span>
    )
  }
  if (isLocked(scopes, info, letter, held)) {
    return (
      <Tooltip content={`You do not hold ${name} yourself, so you cannot grant it.`}>
        <span className="grid size-4 place-items-center text-muted">
          <Lock aria-hidden className="size-3 stroke-[1.5]" />
          <span className="sr-only">{name}, locked</span>
        </span>
      </Tooltip>
    )
  }
  const danger = blastRadius(info, letter)
  return (
    <span className="relative flex">
      <Checkbox
        aria-label={danger === undefined ? name : `${name}, dangerous: ${danger}`}
        checked={isGranted(scopes, info.name, letter)}
        onCheckedChange={(isOn) => onScopesChange(setCell(scopes, info, letter, isOn, held))}
      />
      {danger !== undefined && (
        <TriangleAlert
          aria-hidden
          className="pointer-events-none absolute -top-1 -right-2.5 size-2.5 stroke-2 text-warning"
        />
      )}
    </span>
  )
}
