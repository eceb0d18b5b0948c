import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import type { Schedule } from '#api/contract/schedules.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { useToast } from '#console/ui/toast.tsx'

const ProveForm = z.object({ password: z.string().min(1, 'Type the password').max(1_000, 'At most 1,000 characters') })

/** Asks for the password that the schedule encrypts with: whether somebody still knows it. */
export function ProvePasswordDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const prove = useTold(schedules.provePassword(), 'The password was not proven')
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(ProveForm), defaultValues: { password: '' } })
  const { errors } = form.formState

  const handleSubmit = form.handleSubmit(({ password }) => {
    prove.run(
      { id: schedule.id, password },
      {
        onSuccess: (_reply, isShown) => {
          toast.success('That is the password', { description: 'Asked again in 90 days.' })
          if (isShown) onClose()
        },
        onError: (error) => showFieldIssues(form, error),
      },
    )
  })

  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={!prove.isPending}
      title={`Prove the password of ${schedule.name}`}
      description="Take it from where you keep it, not from the browser: that is what is proven."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <Field label="Password" error={errors.password?.message}>
          <PasswordInput {...form.register('password')} autoComplete="off" autoFocus />
        </Field>
        {prove.failure && errors.password === undefined && <FormError {...prove.failure} />}
        <DialogFooter>
          <Button onClick={onClose} disabled={prove.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" pending={prove.isPending}>
            Prove password
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
