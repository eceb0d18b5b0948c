import { zodResolver } from '@hookform/resolvers/zod'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'

import { type CreatedInvitation, createInvitation } from '#api/contract/members.ts'
import { Email } from '#api/contract/setup.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { invitations } from '#console/data/invitations.ts'
import { useTold } from '#console/data/use-told.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

import { GrantFieldset } from '../grant-fieldset.tsx'
import { GRANT_FIELDS, GRANT_START, grantOf, refuseBadGrant } from '../grant-form.ts'
import { useMe } from '../use-me.ts'
import { useUnseenLink } from './use-unseen-link.ts'

const InviteForm = z.object({ email: Email, ...GRANT_FIELDS }).superRefine(refuseBadGrant)
type InviteForm = z.infer<typeof InviteForm>

interface InviteDialogProps {
  onClose: () => void
  onMade: (invitation: z.infer<typeof CreatedInvitation>) => void
}

/** Who is invited, and what they may do from their first sign-in on. */
export function InviteDialog({ onClose, onMade }: InviteDialogProps) {
  const me = useMe()
  const create = useTold(invitations.create(), 'The invitation was not made')
  const tellUnseen = useUnseenLink()
  const form = useForm({ resolver: zodResolver(InviteForm), defaultValues: { email: '', ...GRANT_START } })
  const values = useWatch({ control: form.control }) as InviteForm
  const proof = useProof<InviteForm>((valid, given, outcome) =>
    create.run(
      { email: valid.email, ...grantOf(valid), proof: given },
      {
        onSuccess: (invitation, isShown) => (isShown ? onMade(invitation) : tellUnseen(invitation)),
        onError: (error, isShown) => {
          if (!isShown) return
          outcome.onError(error)
          showFieldIssues(form, error)
        },
      },
    ),
  )
  const handleSubmit = form.handleSubmit((valid) => proof.attempt(valid))

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      dismissible={!create.isPending}
      title="Invite a member"
      description="They choose their own password. You get a link to pass on."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <Field label="E-mail" error={form.formState.errors.email?.message}>
            <Input {...form.register('email')} type="email" spellCheck={false} autoFocus />
          </Field>
          <GrantFieldset mine={me?.role ?? 'member'} />
          <SameCall endpoint={createInvitation} body={{ email: values.email, ...grantOf(values) }} />
          {create.failure && !proof.isAsked && <FormError {...create.failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={create.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={create.isPending}>
              Make invitation link
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
      <AskedProof confirmLabel="Make invitation link" proof={proof} told={create}>
        <p>
          {values.email} is to become {values.role === 'owner' ? 'an owner' : 'an admin'} of this Metadeck, and your
          sign-in is some time ago.
        </p>
      </AskedProof>
    </Dialog>
  )
}
