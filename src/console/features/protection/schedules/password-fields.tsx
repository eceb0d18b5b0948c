import { Controller, useFormContext, useWatch } from 'react-hook-form'

import type { Schedule } from '#api/contract/schedules.ts'
import { archivePasswordStrength } from '#console/lib/archive-password.ts'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { PasswordMeter } from '#console/ui/password-meter.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import type { ScheduleForm } from './schedule-form.ts'
import { sheetPath } from './sheet-path.ts'

const NEW = [
  { value: 'set', label: 'Encrypted' },
  { value: 'none', label: 'Not encrypted' },
] as const
const CHANGED = [
  { value: 'keep', label: 'Keep the password' },
  { value: 'set', label: 'Set a new one' },
  { value: 'none', label: 'No longer encrypted' },
] as const

/** The password that encrypts its archives, typed twice, because nobody can bring it back. */
export function PasswordFields({ schedule }: { schedule: Schedule | undefined }) {
  const { control } = useFormContext<ScheduleForm>()
  const encryption = useWatch({ control, name: 'encryption' })
  return (
    <FormSection title="Encryption">
      <Controller
        control={control}
        name="encryption"
        render={({ field }) => (
          <ChoiceChips
            aria-label="Whether archives are encrypted"
            choices={schedule?.encrypted === true ? CHANGED : NEW}
            value={field.value}
            onValueChange={field.onChange}
          />
        )}
      />
      {encryption === 'set' && <NewPassword isChange={schedule?.encrypted === true} />}
      {encryption === 'none' && (
        <Callout tone="warning">
          Whoever gets hold of an archive reads every row of it, passwords and personal data included.
        </Callout>
      )}
      {encryption !== 'none' && <SheetNote schedule={schedule} />}
    </FormSection>
  )
}

function NewPassword({ isChange }: { isChange: boolean }) {
  const { control, register, formState } = useFormContext<ScheduleForm>()
  const { errors } = formState
  const password = useWatch({ control, name: 'password' })
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Password" error={errors.password?.message} hint={<PasswordMeter {...strengthOf(password)} />}>
          <PasswordInput {...register('password')} autoComplete="new-password" />
        </Field>
        <Field label="Repeat the password" error={errors.repeat?.message}>
          <PasswordInput {...register('repeat')} autoComplete="new-password" />
        </Field>
      </div>
      <Callout tone="warning" title="Without this password nobody can open the archives">
        Keep it away from this server. The server keeps it encrypted for its own runs, and shows it to nobody.
        {isChange && ' It counts for the backups from now on; earlier ones open with the earlier password.'}
      </Callout>
    </>
  )
}

/** As for any archive; but an empty field is one that is still to be filled in here. */
function strengthOf(password: string) {
  const strength = archivePasswordStrength(password)
  return password === ''
    ? { ...strength, hint: 'Four or more random words are easy to keep and hard to guess.' }
    : strength
}

/** The sheet needs an archive to be about. */
export function SheetNote({ schedule }: { schedule: Schedule | undefined }) {
  const sheet = schedule && sheetPath(schedule)
  return (
    <p className="text-sm text-muted">
      {sheet ? (
        <>
          How to open its archives without Metadeck: <TextLink to={sheet}>recovery sheet to print</TextLink>.
        </>
      ) : (
        'After the first run there is a recovery sheet to print: how to open the archive without Metadeck.'
      )}
    </p>
  )
}
