import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { useNow } from '#console/lib/use-now.ts'
import { presetOf } from '#console/scopes/presets.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { choiceLife, endWords, expiryChips, type ExpiryChoice, isShort, limitWords } from './expiry-choices.ts'
import type { TokenForm } from './token-form.ts'

/** The end is told by the day, so a minute is soon enough. */
const tickMs = 60_000

/** How long it lives, within the policy. "Never" is one step further than the others: it stands open with its reason. */
export function ExpiryField({ policy }: { policy: TokenPolicy }) {
  const { control, register, setValue, formState } = useFormContext<TokenForm>()
  const { errors, isSubmitted } = formState
  const expiry = useWatch({ control, name: 'expiry' })
  const [isOpened, setIsOpened] = useState(false)
  const isNever = expiry === 'never'
  const never = { value: 'never' as const, label: 'Never', disabled: false }
  const choices = isNever ? [...expiryChips(policy), never] : expiryChips(policy)
  const choose = (next: ExpiryChoice) => setValue('expiry', next, { shouldDirty: true, shouldValidate: isSubmitted })

  function openNever() {
    setIsOpened(true)
    choose('never')
  }

  return (
    <div className="flex flex-col gap-3">
      <Field label="Expires after" group hint={<EndWords policy={policy} />} error={errors.expiry?.message}>
        <div className="flex flex-wrap items-center gap-1.5">
          <ChoiceChips choices={choices} value={expiry} onValueChange={choose} />
          {!isNever && (
            <Button variant="ghost" aria-expanded={false} disabled={!policy.allowsNever} onClick={openNever}>
              <ChevronRight aria-hidden className="-ml-1" />
              Never
            </Button>
          )}
        </div>
      </Field>
      {expiry === 'date' && (
        <Field label="Ends on" hint="In your local time." error={errors.date?.message}>
          <Input type="datetime-local" {...register('date')} className="max-w-64" />
        </Field>
      )}
      {isNever && policy.allowsNever && (
        <Field
          label="Why must it never expire?"
          optional={!policy.asksNeverReason}
          hint="A token without an end works until somebody revokes it. The reason is kept with it."
          error={errors.neverReason?.message}
        >
          {/* The button that opened it is gone. */}
          <Input
            {...register('neverReason')}
            autoFocus={isOpened}
            placeholder="The device in the field cannot be reached to change it"
          />
        </Field>
      )}
    </div>
  )
}

/** When it ends, and what the policy says about it. */
function EndWords({ policy }: { policy: TokenPolicy }) {
  const { control } = useFormContext<TokenForm>()
  const [expiry, date, scopes] = useWatch({ control, name: ['expiry', 'date', 'scopes'] })
  const now = useNow(tickMs)
  const life = choiceLife(expiry, date, policy, now)
  const limit = limitWords(policy)
  return [
    endWords(life, now),
    presetOf(scopes) === 'backup' && isShort(life) && 'What backs up every night is refused from then on.',
    limit && `${limit}.`,
    !policy.allowsNever && 'It allows no tokens that never expire.',
  ]
    .filter(Boolean)
    .join(' ')
}
