import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { EXPIRY_LABELS, type ExpiryId } from './token-expiry.ts'
import { isReason, type TokenForm } from './token-form.ts'

const timed = Object.entries(EXPIRY_LABELS).map(([value, label]) => ({ value: value as ExpiryId, label }))

/** How long it lives. "Never" is out of sight until somebody looks for it, and asks why. */
export function ExpiryField() {
  const { control, register, setValue, formState } = useFormContext<TokenForm>()
  const { errors, isSubmitted } = formState
  const [expiry, reason] = useWatch({ control, name: ['expiry', 'reason'] })
  const [isNeverOpen, setIsNeverOpen] = useState(false)
  const choices = isNeverOpen
    ? [...timed, { value: 'never' as const, label: 'Never', disabled: !isReason(reason) }]
    : timed
  const choose = (next: ExpiryId) => setValue('expiry', next, { shouldDirty: true, shouldValidate: isSubmitted })
  const Chevron = isNeverOpen ? ChevronDown : ChevronRight

  function toggleNever() {
    if (isNeverOpen && expiry === 'never') choose('7d')
    setIsNeverOpen(!isNeverOpen)
  }

  return (
    <div className="flex flex-col gap-3">
      <Field label="Expires after" group>
        <div className="flex flex-wrap items-center gap-1.5">
          <ChoiceChips choices={choices} value={expiry} onValueChange={choose} />
          <Button variant="ghost" aria-expanded={isNeverOpen} onClick={toggleNever}>
            <Chevron aria-hidden className="-ml-1" />
            {isNeverOpen ? 'Keep an end' : 'Never'}
          </Button>
        </div>
      </Field>
      {expiry === 'date' && (
        <Field label="Ends on" hint="In your local time." error={errors.date?.message}>
          <Input type="datetime-local" {...register('date')} className="max-w-64" />
        </Field>
      )}
      {isNeverOpen && (
        <Field
          label="Why must it never expire?"
          hint="A token without an end works until somebody remembers it. Write the reason down and the choice Never opens above. It stays in this form."
          error={errors.reason?.message}
        >
          <Input {...register('reason')} placeholder="The device in the field cannot be reached to change it" />
        </Field>
      )}
    </div>
  )
}
