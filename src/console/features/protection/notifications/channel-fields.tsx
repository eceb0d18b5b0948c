import { Controller, useFormContext, useWatch } from 'react-hook-form'

import type { NotificationEvent } from '#api/contract/notifications.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { NumberInput } from '#console/ui/number-input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import type { ChannelForm } from './channel-form.ts'
import { EVENT_WORDS, EVENTS } from './channel-words.ts'

const KINDS = [
  { value: 'webhook', label: 'Webhook' },
  { value: 'email', label: 'E-mail' },
] as const

const SECURITY = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS' },
  { value: 'none', label: 'None' },
] as const

/** Who is told, how, and of what. */
export function ChannelFields({ isNew, hasSecret }: { isNew: boolean; hasSecret: boolean }) {
  const { control, register, formState } = useFormContext<ChannelForm>()
  const kind = useWatch({ control, name: 'kind' })
  return (
    <>
      <Field label="Name" error={formState.errors.name?.message}>
        <Input {...register('name')} autoFocus placeholder="On call" />
      </Field>
      {isNew && (
        <Controller
          control={control}
          name="kind"
          render={({ field }) => (
            <Field label="Kind" group>
              <ChoiceChips choices={KINDS} value={field.value} onValueChange={field.onChange} name={field.name} />
            </Field>
          )}
        />
      )}
      {kind === 'webhook' ? <WebhookFields hasSecret={hasSecret} /> : <EmailFields hasSecret={hasSecret} />}
      <EventsField />
      <Controller
        control={control}
        name="active"
        render={({ field }) => (
          <Checkbox checked={field.value} onCheckedChange={field.onChange} label="Send messages" />
        )}
      />
    </>
  )
}

function WebhookFields({ hasSecret }: { hasSecret: boolean }) {
  const { register, formState } = useFormContext<ChannelForm>()
  const { errors } = formState
  return (
    <>
      <Field label="Address" hint="Gets a POST with JSON for each message." error={errors.url?.message}>
        <Input {...register('url')} mono inputMode="url" placeholder="https://" />
      </Field>
      <Field
        label="Signing key"
        optional
        hint={hasSecret ? 'Kept encrypted. Empty = it stays.' : 'Empty = one is made and shown once.'}
        error={errors.secret?.message}
      >
        <PasswordInput {...register('secret')} autoComplete="off" />
      </Field>
    </>
  )
}

function EmailFields({ hasSecret }: { hasSecret: boolean }) {
  const { control, register, formState } = useFormContext<ChannelForm>()
  const { errors } = formState
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Field label="Mail server" error={errors.host?.message}>
          <Input {...register('host')} mono placeholder="smtp.example.com" />
        </Field>
        <Controller
          control={control}
          name="port"
          render={({ field }) => (
            <Field label="Port" error={errors.port?.message}>
              <NumberInput
                value={field.value}
                onValueChange={(port) => field.onChange(port)}
                onBlur={field.onBlur}
                min={1}
                max={65_535}
              />
            </Field>
          )}
        />
      </div>
      <Controller
        control={control}
        name="security"
        render={({ field }) => (
          <Field
            label="Security"
            group
            hint={field.value === 'none' ? 'Messages and the password travel in the clear.' : undefined}
          >
            <ChoiceChips choices={SECURITY} value={field.value} onValueChange={field.onChange} name={field.name} />
          </Field>
        )}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="User" optional error={errors.user?.message}>
          <Input {...register('user')} mono />
        </Field>
        <Field
          label="Password"
          optional
          hint={hasSecret ? 'Kept encrypted. Empty = it stays.' : undefined}
          error={errors.secret?.message}
        >
          <PasswordInput {...register('secret')} autoComplete="off" />
        </Field>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="From" error={errors.from?.message}>
          <Input {...register('from')} type="email" placeholder="metadeck@example.com" />
        </Field>
        <Field label="To" hint="Several with commas between them." error={errors.to?.message}>
          <Input {...register('to')} placeholder="ops@example.com" />
        </Field>
      </div>
    </>
  )
}

function EventsField() {
  const { control, formState } = useFormContext<ChannelForm>()
  return (
    <Controller
      control={control}
      name="events"
      render={({ field }) => (
        <Field label="Tell of" group error={formState.errors.events?.message}>
          <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
            {EVENTS.map((event) => (
              <Checkbox
                key={event}
                checked={field.value.includes(event)}
                onCheckedChange={(isOn) => field.onChange(toggled(field.value, event, isOn))}
                label={EVENT_WORDS[event].label}
                description={EVENT_WORDS[event].description}
              />
            ))}
          </div>
        </Field>
      )}
    />
  )
}

function toggled(events: readonly NotificationEvent[], event: NotificationEvent, isOn: boolean): NotificationEvent[] {
  return EVENTS.filter((one) => (one === event ? isOn : events.includes(one)))
}
