import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm } from 'react-hook-form'

import type { Target } from '#api/contract/targets.ts'
import { formFailure, plainIssues } from '#console/data/form-failure.ts'
import { targets } from '#console/data/targets.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'

import { TargetFields } from './target-fields.tsx'
import { formOf, saveOf, secretOf, settingsOf, TargetForm } from './target-form.ts'
import { TargetTestSteps } from './target-test-steps.tsx'

export interface TargetDialogProps {
  /** The one that is changed; absent = a new one. */
  target?: Target | undefined
  onClose: () => void
  onSaved: (target: Target) => void
}

/** Adds a target or changes one. It can be tried before it is saved. */
export function TargetDialog({ target, onClose, onSaved }: TargetDialogProps) {
  const id = target?.id ?? undefined
  const save = useMutation(targets.save(id))
  const trial = useMutation(targets.try())
  const form = useForm({ resolver: zodResolver(TargetForm), defaultValues: formOf(target) })
  const failure = formFailure(
    save.error ?? trial.error,
    save.error ? 'The target was not saved' : 'The test could not be made',
  )

  const handleSubmit = form.handleSubmit((values) => {
    save.mutate(saveOf(values), { onSuccess: onSaved, onError: (error) => showIssues(error) })
  })
  const handleTest = form.handleSubmit((values) => {
    save.reset()
    trial.mutate({ settings: settingsOf(values), ...secretOf(values), ...(id === undefined ? {} : { targetId: id }) })
  })
  /** The server speaks of `settings.bucket` where the form has `bucket`. */
  function showIssues(error: unknown) {
    for (const { param, message } of plainIssues(error)) {
      const field = param.replace(/^settings\./, '')
      if (field in form.getValues()) form.setError(field as keyof TargetForm, { type: 'server', message })
    }
  }

  return (
    <Dialog
      open
      size="md"
      onOpenChange={onClose}
      dismissible={!save.isPending}
      title={target === undefined ? 'Add a target' : `Change ${target.name}`}
      description="A place for archives away from this server, so that losing the server does not lose them."
    >
      <FormProvider {...form}>
        <form
          // A form that this dialog was opened from must not be sent along: React passes events on to it.
          onSubmit={(event) => {
            event.stopPropagation()
            void handleSubmit(event)
          }}
          noValidate
          className="flex flex-col gap-4"
        >
          <TargetFields isNew={target === undefined} />
          {trial.data && <TargetTestSteps test={trial.data} />}
          {failure && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={() => void handleTest()} pending={trial.isPending} className="mr-auto">
              Test
            </Button>
            <Button onClick={onClose} disabled={save.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={save.isPending}>
              {target === undefined ? 'Add target' : 'Save target'}
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </Dialog>
  )
}
