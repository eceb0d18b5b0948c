import { useFormContext, useWatch } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import { ScopeMatrixField } from '#console/scopes/scope-matrix-field.tsx'

import type { TokenForm } from './token-form.ts'

/** What the token may do, of what whoever makes it holds. */
export function ScopesField({ held }: { held: Scopes }) {
  const { control, setValue, formState } = useFormContext<TokenForm>()
  const scopes = useWatch({ control, name: 'scopes' })
  const { errors, isSubmitted } = formState
  const message = errors.scopes?.message

  function handleChange(next: Scopes) {
    setValue('scopes', next, { shouldDirty: true, shouldValidate: isSubmitted })
  }

  return (
    <ScopeMatrixField
      scopes={scopes}
      held={held}
      onScopesChange={handleChange}
      error={typeof message === 'string' ? message : undefined}
    />
  )
}
