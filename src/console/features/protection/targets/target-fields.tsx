import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { Select } from '#console/ui/select.tsx'

import { type Preset, PRESETS, type TargetForm } from './target-form.ts'

const KINDS = [
  { value: 's3', label: 'S3-compatible store' },
  { value: 'folder', label: 'Folder of this server' },
] as const

/** Kind, place and credentials. */
export function TargetFields({ isNew }: { isNew: boolean }) {
  const { control } = useFormContext<TargetForm>()
  const kind = useWatch({ control, name: 'kind' })
  return (
    <>
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
      {kind === 's3' ? <S3Fields isNew={isNew} /> : <FolderFields />}
    </>
  )
}

function FolderFields() {
  const { register, formState } = useFormContext<TargetForm>()
  return (
    <>
      <Field
        label="Folder"
        hint="A mounted disk or network share. When it is not mounted, backups wait and are tried again."
        error={formState.errors.path?.message}
      >
        <Input {...register('path')} mono placeholder="/mnt/backups" />
      </Field>
      <NameField />
    </>
  )
}

function NameField() {
  const { register, formState } = useFormContext<TargetForm>()
  return (
    <Field
      label="Name"
      optional
      hint="Empty = the name of its bucket or folder."
      error={formState.errors.name?.message}
    >
      <Input {...register('name')} placeholder="Off-site" />
    </Field>
  )
}

function S3Fields({ isNew }: { isNew: boolean }) {
  const { control, register, formState } = useFormContext<TargetForm>()
  const { errors } = formState
  const hasSecret = useWatch({ control, name: 'hasSecret' })
  return (
    <>
      {isNew && <PresetField />}
      <Field label="Endpoint" optional hint="Empty for Amazon S3." error={errors.endpoint?.message}>
        <Input {...register('endpoint')} mono placeholder="https://" inputMode="url" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Bucket" error={errors.bucket?.message}>
          <Input {...register('bucket')} mono />
        </Field>
        <Field label="Region" error={errors.region?.message}>
          <Input {...register('region')} mono />
        </Field>
        <Field label="Access key" error={errors.accessKeyId?.message}>
          <Input {...register('accessKeyId')} mono />
        </Field>
        <Field
          label="Secret key"
          hint={hasSecret ? 'Kept encrypted. Empty = it stays.' : 'Kept encrypted, never shown again.'}
          error={errors.secret?.message}
        >
          <PasswordInput {...register('secret')} autoComplete="off" />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Prefix"
          optional
          hint="In front of every archive's name, such as metadeck/."
          error={errors.prefix?.message}
        >
          <Input {...register('prefix')} mono />
        </Field>
        <NameField />
      </div>
      <Controller
        control={control}
        name="pathStyle"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label="Bucket in the path"
            description="What most stores but Amazon's want."
          />
        )}
      />
    </>
  )
}

/** Fills in what a store wants; nothing else depends on it. */
function PresetField() {
  const { setValue } = useFormContext<TargetForm>()
  function handleChoice(value: Preset) {
    const preset = PRESETS.find((one) => one.value === value)
    if (preset === undefined) return
    setValue('endpoint', preset.endpoint)
    setValue('region', preset.region)
    setValue('pathStyle', preset.pathStyle)
  }
  return (
    <Field label="Fill in for" optional>
      <Select options={PRESETS} value={null} onValueChange={handleChoice} placeholder="a known store" />
    </Field>
  )
}
