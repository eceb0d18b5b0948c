import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm } from 'react-hook-form'

import type { Channel } from '#api/contract/notifications.ts'
import { formFailure, plainIssues } from '#console/data/form-failure.ts'
import { notifications } from '#console/data/notifications.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'

import { ChannelFields } from './channel-fields.tsx'
import { ChannelForm, formOf, saveOf } from './channel-form.ts'

export interface ChannelDialogProps {
  /** The one that is changed; absent = a new one. */
  channel?: Channel | undefined
  onClose: () => void
  /** `secret` is the signing key that was made, told this once. */
  onSaved: (channel: Channel, secret: string | null) => void
}

/** Adds a channel or changes one. */
export function ChannelDialog({ channel, onClose, onSaved }: ChannelDialogProps) {
  const create = useMutation(notifications.create())
  const update = useMutation(notifications.update(channel?.id ?? 0))
  const form = useForm({ resolver: zodResolver(ChannelForm), defaultValues: formOf(channel) })
  const isPending = create.isPending || update.isPending
  const failure = formFailure(create.error ?? update.error, 'The channel was not saved')

  const handleSubmit = form.handleSubmit((values) => {
    const body = saveOf(values)
    if (channel === undefined)
      create.mutate(body, { onSuccess: (made) => onSaved(made, made.secret), onError: showIssues })
    else update.mutate(body, { onSuccess: (saved) => onSaved(saved, saved.secret), onError: showIssues })
  })
  /** The server speaks of `settings.url` where the form has `url`. */
  function showIssues(error: unknown) {
    for (const { param, message } of plainIssues(error)) {
      const [field = ''] = param.replace(/^settings\./, '').split('.')
      if (field in form.getValues()) form.setError(field as keyof ChannelForm, { type: 'server', message })
    }
  }

  return (
    <Dialog
      open
      size="md"
      onOpenChange={onClose}
      dismissible={!isPending}
      title={channel === undefined ? 'Add a channel' : `Change ${channel.name}`}
      description="Backups run at night: somebody must be told when one does not."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <ChannelFields isNew={channel === undefined} hasSecret={channel?.hasSecret ?? false} />
          {failure && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={isPending}>
              {channel === undefined ? 'Add channel' : 'Save channel'}
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </Dialog>
  )
}
