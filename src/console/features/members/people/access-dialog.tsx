import { zodResolver } from '@hookform/resolvers/zod'
import { useInfiniteQuery } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { type Member, updateMember } from '#api/contract/members.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { members } from '#console/data/members.ts'
import { useTold } from '#console/data/use-told.ts'
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
import { isOnlyOwner as isKnownOnlyOwner } from './only-owner.ts'

/** Changes what a member may do. It holds from their next request on, and cuts their tokens to it. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const me = useMe()
  const update = useTold(members.update(), `The access of ${member.name} was not changed`)
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(GrantForm), defaultValues: fieldsOf(member) })
  const values = useWatch({ control: form.control }) as ReturnType<typeof fieldsOf>
  const isMe = member.id === me?.id
  const isOnlyOwner = useIsOnlyOwner(member, me?.id)
  const note = accessNote(member, values, { isMe, isOnlyOwner })
  const proof = useProof<GrantFields>((valid, given, outcome) =>
    update.run(
      { id: member.id, changes: { ...grantOf(valid), proof: given } },
      {
        onSuccess: (_member, isShown) => {
          toast.success(`What ${member.name} may do is changed`)
          if (isShown) onClose()
        },
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
      dismissible={!update.isPending}
      title={`What ${member.name} may do`}
      description="It holds from their next request on. Their tokens never do more than they may themselves."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <GrantFieldset mine={me?.role ?? 'member'} />
          {note !== undefined && <Callout tone="warning">{note}</Callout>}
          <SameCall endpoint={updateMember} params={{ id: member.id }} body={grantOf(values)} />
          {update.failure && !proof.isAsked && <FormError {...update.failure} />}
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
      <AskedProof confirmLabel="Change access" proof={proof} told={update}>
        <p>
          {member.name} is to be {values.role === 'owner' ? 'an owner' : 'an admin'} of this Metadeck, and your sign-in
          is some time ago.
        </p>
      </AskedProof>
    </Dialog>
  )
}

/** Whether it is known that nobody else could manage this Metadeck; where it is not, the server refuses it anyway. */
function useIsOnlyOwner(member: Member, me: number | undefined): boolean {
  const { data, hasNextPage } = useInfiniteQuery({ ...members.list(''), enabled: member.role === 'owner' })
  const everybody = hasNextPage ? undefined : data?.pages.flatMap(({ items }) => items)
  return isKnownOnlyOwner(member, me, everybody)
}
