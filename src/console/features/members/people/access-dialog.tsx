import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { type Member, updateMember } from '#api/contract/members.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { members } from '#console/data/members.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { GrantFieldset } from '../grant-fieldset.tsx'
import { fieldsOf, GrantForm, grantOf } from '../grant-form.ts'
import { useMe } from '../use-me.ts'
import { accessNote } from './access-note.ts'

/** Changes what a member may do. It holds from their next request on, and cuts their tokens to it. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const me = useMe()
  const update = useMutation(members.update())
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(GrantForm), defaultValues: fieldsOf(member) })
  const failure = formFailure(update.error, 'The access was not changed')
  const values = useWatch({ control: form.control }) as ReturnType<typeof fieldsOf>
  const note = accessNote(member, values, member.id === me?.id)

  const handleSubmit = form.handleSubmit((valid) => {
    update.mutate(
      { id: member.id, changes: grantOf(valid) },
      {
        onSuccess: () => {
          toast.success(`What ${member.name} may do is changed`)
          onClose()
        },
        onError: (error) => showFieldIssues(form, error),
      },
    )
  })

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      dismissible={!update.isPending}
      title={`What ${member.name} may do`}
      description="It holds from their next request on. Their tokens never do more than they may themselves."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <GrantFieldset mine={me?.role ?? 'member'} />
          {note !== undefined && <Callout tone="warning">{note}</Callout>}
          <SameCall endpoint={updateMember} params={{ id: member.id }} body={grantOf(values)} />
          {failure && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={update.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={update.isPending} disabled={!form.formState.isDirty}>
              Change access
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </Dialog>
  )
}
