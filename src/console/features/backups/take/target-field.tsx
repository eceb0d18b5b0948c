import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'

import { createTarget, listTargets } from '#api/contract/targets.ts'
import { targets } from '#console/data/targets.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Field } from '#console/ui/field.tsx'
import { Select } from '#console/ui/select.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import type { TakeBackupForm } from './take-backup-form.ts'

/** Stands for the folder of the instance, which has no id. */
const OWN = 'own'

/** Where the archive goes. Who is limited to some workspaces does not see the targets, and writes to this server. */
export function TargetField() {
  const { control, formState } = useFormContext<TakeBackupForm>()
  const list = useQuery(targets.list())
  const known = (list.data ?? []).map(({ id, name, settings }) => ({
    value: id === null ? OWN : String(id),
    label: name,
    description: id === null ? undefined : settings.kind === 's3' ? `Bucket ${settings.bucket}` : settings.path,
  }))
  const may = useMay()
  const hint =
    known.length === 1 && may(createTarget, 'beyond') ? (
      <>
        A copy elsewhere survives the loss of this server: <TextLink to="/protection/targets">add a target</TextLink>
      </>
    ) : undefined

  return (
    <Field
      label="Where"
      hint={may(listTargets, 'beyond') ? hint : 'Other targets are for people who reach every workspace.'}
      error={formState.errors.targetId?.message}
    >
      <Controller
        control={control}
        name="targetId"
        render={({ field }) => (
          <Select
            options={known.length === 0 ? [{ value: OWN, label: 'This server' }] : known}
            value={field.value === null ? OWN : String(field.value)}
            onValueChange={(next) => field.onChange(next === OWN ? null : Number(next))}
            onBlur={field.onBlur}
            ref={field.ref}
          />
        )}
      />
    </Field>
  )
}
