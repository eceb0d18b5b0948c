import { useFormContext, useWatch } from 'react-hook-form'

import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'

import type { TokenForm } from './token-form.ts'
import { PRESET_IDS, presetOf, PRESETS } from './token-presets.ts'

const choices = [
  ...PRESET_IDS.map((id) => ({ value: id, label: PRESETS[id].label })),
  { value: 'custom' as const, label: 'Custom' },
]

/** A start for the matrix. What is chosen is read back from the matrix itself, so the two cannot disagree. */
export function PresetField() {
  const { control, setValue } = useFormContext<TokenForm>()
  const preset = presetOf(useWatch({ control, name: 'scopes' }))

  function handleChange(next: (typeof choices)[number]['value']) {
    setValue('scopes', next === 'custom' ? {} : PRESETS[next].scopes, {
      shouldDirty: true,
      shouldValidate: next !== 'custom',
    })
  }

  return (
    <Field
      label="Start from"
      group
      hint={preset === 'custom' ? 'Your own choice in the matrix below.' : PRESETS[preset].hint}
    >
      <ChoiceChips choices={choices} value={preset} onValueChange={handleChange} />
    </Field>
  )
}
