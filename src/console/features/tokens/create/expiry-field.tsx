import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { formatDay } from '#console/lib/format-time.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { choiceLife, expiryChips, type ExpiryChoice, limitWords, usualChoice } from './expiry-choices.ts'
import type { TokenForm } from './token-form.ts'

/** The end is told by the day, so a minute is soon enough. */
const tickMs = 60_000

/** How long it lives, within the policy. "Never" is out of sight until somebody looks for it. */
export function ExpiryField({ policy }: { policy: TokenPolicy }) {
  const { control, register, setValue, formState } = useFormContext<TokenForm>()
  const { errors, isSubmitted } = formState
  const expiry = useWatch({ control, name: 'expiry' })
  const [isNeverOpen, setIsNeverOpen] = useState(expiry === 'never')
  const never = { value: 'never' as const, label: 'Never', disabled: !policy.allowsNever }
  const choices = isNeverOpen ? [...expiryChips(policy), never] : expiryChips(policy)
  const choose = (next: ExpiryChoice) => setValue('expiry', next, { shouldDirty: true, shouldValidate: isSubmitted })
  const Chevron = isNeverOpen ? ChevronDown : ChevronRight

  function toggleNever() {
    if (isNeverOpen && expiry === 'never') choose(usualChoice(policy))
    setIsNeverOpen(!isNeverOpen)
  }

  return (
    <div className="flex flex-col gap-3">
      <Field label="Expires after" group hint={<EndWords policy={policy} />} error={errors.expiry?.message}>
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
      {isNeverOpen && policy.allowsNever && (
        <Field
          label="Why must it never expire?"
          optional={!policy.asksNeverReason}
          hint="A token without an end works until somebody remembers it. The reason is kept with it."
          error={errors.neverReason?.message}
        >
          <Input {...register('neverReason')} placeholder="The device in the field cannot be reached to change it" />
        </Field>
      )}
      {isNeverOpen && !policy.allowsNever && (
        <p className="text-sm text-muted">The token policy allows no tokens that never expire.</p>
      )}
    </div>
  )
}

/** When it ends, and what the policy says about it. */
function EndWords({ policy }: { policy: TokenPolicy }) {
  const { control } = useFormContext<TokenForm>()
  const [expiry, date] = useWatch({ control, name: ['expiry', 'date'] })
  const now = useNow(tickMs)
  const life = choiceLife(expiry, date, policy, now)
  const limit = limitWords(policy)
  const end =
    'problem' in life || life.seconds === null
      ? undefined
      : `Ends ${formatDay(new Date(now.getTime() + life.seconds * 1_000), now)}; the list of tokens warns 14, 7 and 1 days before.`
  const never = expiry === 'never' ? 'Works until somebody revokes it.' : undefined
  return [end ?? never ?? 'Say when it ends.', limit && `${limit}.`].filter(Boolean).join(' ')
}
