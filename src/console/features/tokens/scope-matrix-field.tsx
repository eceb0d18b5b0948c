import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import { SearchInput } from '#console/ui/search-input.tsx'

import { ScopeMatrixTable } from './scope-matrix-table.tsx'
import { findScopes } from './scope-matrix.ts'
import type { TokenForm } from './token-form.ts'

/** The matrix with its search. Toggles of a column act on what the search leaves in view. */
export function ScopeMatrixField() {
  const { control, setValue, formState } = useFormContext<TokenForm>()
  const scopes = useWatch({ control, name: 'scopes' })
  const [query, setQuery] = useState('')
  const shown = findScopes(query)
  const { errors, isSubmitted } = formState
  const message = errors.scopes?.message

  function handleChange(next: Scopes) {
    setValue('scopes', next, { shouldDirty: true, shouldValidate: isSubmitted })
  }

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Scopes</legend>
      {typeof message === 'string' && (
        <p role="alert" className="text-xs text-danger">
          {message}
        </p>
      )}
      <SearchInput label="Search scopes" value={query} onValueChange={setQuery} />
      {shown.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-sm text-muted">No scope matches “{query}”.</p>
      ) : (
        <ScopeMatrixTable infos={shown} scopes={scopes} onScopesChange={handleChange} />
      )}
    </fieldset>
  )
}
