import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Controller, useFormContext } from 'react-hook-form'

import type { Schedule } from '#api/contract/schedules.ts'
import { createTarget, listTargets } from '#api/contract/targets.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { targets } from '#console/data/targets.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'
import { Select } from '#console/ui/select.tsx'

import type { ScheduleForm } from './schedules/schedule-form.ts'
import { TargetDialog } from './targets/target-dialog.tsx'
import { placeWords } from './targets/target-words.ts'

/** Stands for the folder of the instance. */
const own = 'own'

/** Where the archives go. A target can be added in place, so that nothing typed here is lost. */
export function WhereField({ schedule }: { schedule: Schedule | undefined }) {
  const { control, setValue, formState } = useFormContext<ScheduleForm>()
  const [isAdding, setIsAdding] = useState(false)
  const list = useQuery(targets.list())
  const options = useOptions(schedule)
  const may = useMay()
  const seesTargets = may(listTargets, 'beyond')
  const canAdd = may(createTarget, 'beyond')
  return (
    <FormSection title="Where">
      <Controller
        control={control}
        name="targetId"
        render={({ field }) => (
          <>
            <div className="flex flex-wrap items-end gap-2">
              <Field
                label="Target"
                hint={seesTargets ? addHint(canAdd) : 'Other targets are for people who reach every workspace.'}
                className="flex-[1_1_16rem]"
                error={
                  formState.errors.targetId?.message ??
                  (seesTargets && list.isLoadingError ? describeFailure(list.error, '').cause : undefined)
                }
              >
                <Select
                  options={options}
                  value={field.value || own}
                  onValueChange={(next) => field.onChange(next === own ? '' : next)}
                  onBlur={field.onBlur}
                  ref={field.ref}
                />
              </Field>
              {canAdd && (
                <Button onClick={() => setIsAdding(true)}>
                  <Plus aria-hidden />
                  Add a target
                </Button>
              )}
            </div>
            {field.value === '' && (
              <Callout tone="warning">
                These archives lie on the server itself: whatever takes the server takes them along.
              </Callout>
            )}
          </>
        )}
      />
      {isAdding && (
        <TargetDialog
          onClose={() => setIsAdding(false)}
          onSaved={({ id }) => {
            setIsAdding(false)
            setValue('targetId', id === null ? '' : String(id), { shouldDirty: true })
          }}
        />
      )}
    </FormSection>
  )
}

function addHint(canAdd: boolean): string | undefined {
  return canAdd ? undefined : 'An owner or an admin can add another target.'
}

/** The targets that can be chosen; the one that the schedule has is there even where the list is not to be had. */
function useOptions(schedule: Schedule | undefined) {
  const list = useQuery(targets.list()).data ?? []
  const known = list.map(({ id, name, settings }) => ({
    value: id === null ? own : String(id),
    label: id === null ? 'This server' : name,
    description: placeWords(settings),
  }))
  const present = schedule && {
    value: schedule.targetId === null ? own : String(schedule.targetId),
    label: schedule.targetId === null ? 'This server' : schedule.targetName,
  }
  if (present && known.every(({ value }) => value !== present.value)) return [present, ...known]
  return known.length > 0 ? known : [{ value: own, label: 'This server' }]
}
