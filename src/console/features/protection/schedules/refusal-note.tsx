import type { Schedule } from '#api/contract/schedules.ts'
import { schedules } from '#console/data/schedules.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { TextLink } from '#console/ui/text-link.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { formOf, saveOf } from './schedule-form.ts'

/** That a schedule may not run with the rights it was saved with: why, and the press that mends it. */
export function RefusalNote({ schedule }: { schedule: Schedule }) {
  const save = useTold(schedules.save(schedule.id), 'The schedule was not saved')
  const toast = useToast()
  const { refusal, token, paused, workspaceId } = schedule
  if (typeof refusal !== 'string') return null

  /** What is being changed in the form below stays there: what is saved already is saved again. */
  function handleSave() {
    save.run(saveOf(formOf(schedule), workspaceId, paused), {
      onSuccess: ({ name }, isShown) => {
        toast.success(`${name} runs with your rights now`)
        // The button that had the focus is gone.
        if (isShown) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
      },
    })
  }

  return (
    <Callout
      tone="danger"
      title={paused ? 'It cannot run once it is resumed' : 'It cannot run: its next run fails'}
      action={
        <Button variant="primary" onClick={handleSave} pending={save.isPending}>
          Save it with your rights
        </Button>
      }
    >
      <p className="wrap-anywhere">{refusal}</p>
      {token !== null && (
        <p>
          <TextLink to={`/tokens/${token.id}`}>See that token</TextLink>, or{' '}
          <TextLink to="/tokens/new">make a new one</TextLink> and save the schedule with it through the API.
        </p>
      )}
      {save.failure && (
        <div className="mt-2">
          <FormError {...save.failure} />
        </div>
      )}
    </Callout>
  )
}
