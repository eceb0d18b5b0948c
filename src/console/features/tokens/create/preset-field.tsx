import { useFormContext, useWatch } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { PRESET_IDS, type PresetId, presetOf, PRESETS } from '#console/scopes/presets.ts'
import { isSameGrant, withinHeld } from '#console/scopes/scope-matrix.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'

import { isSuggestion, suggestName } from './name-suggestion.ts'
import type { TokenForm } from './token-form.ts'
import { presetExpiry } from './token-start.ts'

export interface PresetFieldProps {
  policy: TokenPolicy
  /** What whoever makes the token holds. */
  held: Scopes
}

/** A start for the matrix. What is chosen is read back from the matrix itself, so the two cannot disagree. */
export function PresetField({ policy, held }: PresetFieldProps) {
  const { control, getFieldState, getValues, setValue } = useFormContext<TokenForm>()
  const preset = presetOf(useWatch({ control, name: 'scopes' }))
  const canGrant = (id: PresetId) => isSameGrant(withinHeld(PRESETS[id].scopes, held), PRESETS[id].scopes)
  const choices = [
    ...PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].label, disabled: !canGrant(id) })),
    { value: 'custom' as const, label: 'Custom', disabled: false },
  ]
  const lacksSome = choices.some(({ disabled }) => disabled)
  const hint = preset === 'custom' ? 'Your own choice in the matrix below.' : PRESETS[preset].hint

  function handleChange(next: PresetId | 'custom') {
    setValue('scopes', next === 'custom' ? {} : PRESETS[next].scopes, {
      shouldDirty: true,
      shouldValidate: next !== 'custom',
    })
    if (next === 'custom') return
    if (isSuggestion(getValues('name'))) setValue('name', suggestName(next, new Date()), { shouldValidate: true })
    // Whoever chose an end keeps it.
    if (!getFieldState('expiry').isDirty) setValue('expiry', presetExpiry(next, policy))
  }

  return (
    <Field
      label="Start from"
      group
      hint={lacksSome ? `${hint} Presets that grant more than you hold cannot be chosen.` : hint}
    >
      <ChoiceChips choices={choices} value={preset} onValueChange={handleChange} />
    </Field>
  )
}
