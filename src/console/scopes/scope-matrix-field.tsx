import { type Ref, useState } from 'react'

import { ALL_SCOPES, type Scopes, SCOPES } from '#api/contract/scopes.ts'
import { SearchInput } from '#console/ui/search-input.tsx'

import { ScopeMatrixTable } from './scope-matrix-table.tsx'
import { findScopes, isLocked } from './scope-matrix.ts'

export interface ScopeMatrixFieldProps {
  scopes: Scopes
  onScopesChange: (scopes: Scopes) => void
  /** What whoever grants holds: nobody grants more. Everything if left out. */
  held?: Scopes | undefined
  error?: string | undefined
  /** Above it: "Scopes". */
  legend?: string | undefined
  /** What takes the focus when the grant is refused. */
  focusRef?: Ref<HTMLInputElement> | undefined
}

/** The matrix with its search. Toggles of a column act on what the search leaves in view. */
export function ScopeMatrixField({
  scopes,
  onScopesChange,
  held = ALL_SCOPES,
  error,
  legend = 'Scopes',
  focusRef,
}: ScopeMatrixFieldProps) {
  const [query, setQuery] = useState('')
  const shown = findScopes(query)
  const hasLocked = SCOPES.some((info) => info.letters.some((letter) => isLocked(scopes, info, letter, held)))

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hasLocked && (
        <p className="text-xs text-muted">
          A lock marks what you do not hold yourself: nobody can grant more than they hold. An owner or an admin can.
        </p>
      )}
      {error !== undefined && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
      <SearchInput ref={focusRef} label="Search scopes" value={query} onValueChange={setQuery} />
      {shown.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-sm text-muted">No scope matches “{query}”.</p>
      ) : (
        <ScopeMatrixTable infos={shown} scopes={scopes} held={held} onScopesChange={onScopesChange} />
      )}
    </fieldset>
  )
}
