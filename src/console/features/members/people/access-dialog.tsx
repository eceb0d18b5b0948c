import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { type Member, updateMember } from '#api/contract/members.ts'
import { OwnProofDialog } from '#console/credentials/own-proof-dialog.tsx'
import { failureBesideProof, useProof } from '#console/credentials/use-proof.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { members } from '#console/data/members.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { GrantFieldset } from '../grant-fieldset.tsx'
import { fieldsOf, type GrantFields, GrantForm, grantOf } from '../grant-form.ts'
import { useMe } from '../use-me.ts'
import { accessNote } from './access-note.ts'

/** Changes what a member may do. It holds from their next request on, and cuts their tokens to it. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const me = useMe()
  const update = useMutation(members.update())
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(GrantForm), defaultValues: fieldsOf(member) })
  const failure = failureBesideProof(update.error, 'The access was not changed')
  const values = useWatch({ control: form.control }) as ReturnType<typeof fieldsOf>
  const isMe = member.id === me?.id
  const isOnlyOwner = useIsOnlyOwner(member)
  const note = accessNote(member, values, { isMe, isOnlyOwner })
  const proof = useProof<GrantFields>((valid, given, outcome) =>
    update.mutate(
      { id: member.id, changes: { ...grantOf(valid), proof: given } },
      {
        onSuccess: () => {
          toast.success(`What ${member.name} may do is changed`)
          onClose()
        },
        onError: (error) => {
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
      dismissible={!update.isPending}
      title={`What ${member.name} may do`}
      description="It holds from their next request on. Their tokens never do more than they may themselves."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <GrantFieldset mine={me?.role ?? 'member'} />
          {note !== undefined && <Callout tone="warning">{note}</Callout>}
          <SameCall endpoint={updateMember} params={{ id: member.id }} body={grantOf(values)} />
          {failure && !proof.isAsked && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={update.isPending}>
              Cancel
            </Button>
            <Button
              type="submit"
              variant="primary"
              pending={update.isPending}
              disabled={!form.formState.isDirty || (isOnlyOwner && values.role !== 'owner')}
            >
              Change access
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
      {proof.isAsked && (
        <OwnProofDialog
          confirmLabel="Change access"
          isPending={update.isPending}
          failure={failure}
          onProof={proof.prove}
          onClose={() => {
            proof.giveUp()
            update.reset()
          }}
        >
          <p>
            {member.name} is to be {values.role === 'owner' ? 'an owner' : 'an admin'} of this Metadeck, and your
            sign-in is some time ago.
          </p>
        </OwnProofDialog>
      )}
    </Dialog>
  )
}

/** Whether nobody else could manage this Metadeck; false as long as that is not known, since the server refuses it anyway. */
function useIsOnlyOwner({ id, role }: Member): boolean {
  const { data } = useQuery({ ...members.choice(), enabled: role === 'owner' })
  return (
    role === 'owner' && data?.some((one) => one.id !== id && one.role === 'owner' && one.status === 'active') === false
  )
}
