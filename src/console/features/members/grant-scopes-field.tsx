import { useController, useFormContext } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { PRESETS } from '#console/scopes/presets.ts'
import { ScopeMatrixField } from '#console/scopes/scope-matrix-field.tsx'
import { isSameGrant } from '#console/scopes/scope-matrix.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'

import type { GrantFields } from './grant-form.ts'

const STARTS = [
  { value: 'none', label: 'Nothing', scopes: {} },
  { value: 'read', label: 'Read-only', scopes: PRESETS['read-only'].scopes },
  { value: 'all', label: 'Everything', scopes: ALL_SCOPES },
] as const

/** The matrix that tokens have too. Owners and admins hold all scopes, so that none is locked for them. */
export function GrantScopesField() {
  const { control, setValue, formState } = useFormContext<GrantFields>()
  const { value: scopes, ref } = useController({ control, name: 'scopes' }).field
  const message = formState.errors.scopes?.message

  function handleChange(next: Scopes) {
    setValue('scopes', next, { shouldDirty: true, shouldValidate: formState.isSubmitted })
  }

  return (
    <>
      <Field label="Start from" group>
        <ChoiceChips
          size="sm"
          choices={STARTS}
          value={STARTS.find((start) => isSameGrant(start.scopes, scopes))?.value ?? null}
          onValueChange={(value) => handleChange(STARTS.find((start) => start.value === value)?.scopes ?? scopes)}
        />
      </Field>
      <ScopeMatrixField
        focusRef={ref}
        scopes={scopes}
        onScopesChange={handleChange}
        error={typeof message === 'string' ? message : undefined}
      />
    </>
  )
}
