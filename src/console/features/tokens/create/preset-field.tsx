import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { PRESET_IDS, type PresetId, PRESETS } from '#console/scopes/presets.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'

import { heldPreset, heldPresetOf, isOutOfReach, isPresetCut } from './held-presets.ts'
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
  const [chosen, setChosen] = useState<PresetId>()
  const preset = heldPresetOf(useWatch({ control, name: 'scopes' }), held, chosen)
  const choices = [
    ...PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].label, disabled: isOutOfReach(id, held) })),
    { value: 'custom' as const, label: 'Custom', disabled: false },
  ]
  const isCut = PRESET_IDS.some((id) => isPresetCut(id, held))
  const hint = preset === 'custom' ? 'Your own choice in the matrix below.' : PRESETS[preset].hint

  function handleChange(next: PresetId | 'custom') {
    setChosen(next === 'custom' ? undefined : next)
    setValue('scopes', next === 'custom' ? {} : heldPreset(next, held), {
      shouldDirty: true,
      shouldValidate: next !== 'custom',
    })
    if (next === 'custom') return
    if (isSuggestion(getValues('name'))) setValue('name', suggestName(next, new Date()), { shouldValidate: true })
    // Whoever chose an end keeps it.
    if (!getFieldState('expiry').isDirty) setValue('expiry', presetExpiry(next, policy))
  }

  return (
    <Field label="Start from" group hint={isCut ? `${hint} Each grants only what you hold yourself.` : hint}>
      <ChoiceChips choices={choices} value={preset} onValueChange={handleChange} />
    </Field>
  )
}
