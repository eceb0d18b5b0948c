import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { z } from 'zod'

import type { CreatedInvitation, Invitation } from '#api/contract/members.ts'
import { OwnProofDialog } from '#console/credentials/own-proof-dialog.tsx'
import { failureBesideProof, useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { invitations } from '#console/data/invitations.ts'
import { asksForProof, refusesProof } from '#console/data/second-factor.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { Button } from '#console/ui/button.tsx'
import { useToast } from '#console/ui/toast.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { InvitationLinkDialog } from './invitation-link-dialog.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RevokeInvitationDialog } from './revoke-invitation-dialog.tsx'

type Created = z.infer<typeof CreatedInvitation>

/** Who was invited and has not come yet. */
export function InvitationsTab() {
  const [params, setParams] = useUrlParams()
  const isInviting = params.get('new') === '1'
  const [made, setMade] = useState<{ invitation: Created; isNew: boolean }>()
  const inviteButton = useRef<HTMLButtonElement>(null)
  const [revoked, setRevoked] = useState<Invitation>()
  const setInviting = (isOpen: boolean) => setParams(isOpen ? { new: '1' } : {}, { replace: true })
  const resend = useResend((invitation) => setMade({ invitation, isNew: false }))
  return (
    <div className="flex flex-col gap-4">
      <Toolbar
        end={
          <Button ref={inviteButton} variant="primary" onClick={() => setInviting(true)}>
            Invite a member
          </Button>
        }
      >
        <p className="max-w-prose text-sm text-muted">
          Metadeck sends no e-mail: you pass the link on. It is good once, for seven days.
        </p>
      </Toolbar>
      <InvitationList onInvite={() => setInviting(true)} onResend={resend.attempt} onRevoke={setRevoked} />
      {resend.dialog}
      {isInviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(invitation) => {
            setInviting(false)
            setMade({ invitation, isNew: true })
          }}
        />
      )}
      {made && (
        <InvitationLinkDialog
          invitation={made.invitation}
          replacesLink={!made.isNew}
          onDone={() => setMade(undefined)}
          // What opened it, the button of the form, is gone by then.
          {...(made.isNew && { finalFocus: () => inviteButton.current })}
        />
      )}
      {revoked && <RevokeInvitationDialog invitation={revoked} onClose={() => setRevoked(undefined)} />}
    </div>
  )
}

/** A new link in place of the old one; for one of an admin or owner a proof may be asked for. */
function useResend(onMade: (invitation: Created) => void) {
  const { mutate, reset, error, isPending } = useMutation(invitations.resend())
  const toast = useToast()
  const proof = useProof<Invitation>(({ id, email }, given, outcome) =>
    mutate(
      { id, proof: given },
      {
        onSuccess: (invitation) => {
          outcome.onSuccess()
          onMade(invitation)
          // The mutation's own copy of the link goes; the dialog holds the only one.
          reset()
        },
        onError: (failure) => {
          outcome.onError(failure)
          if (asksForProof(failure) || refusesProof(failure)) return
          const { title, cause } = describeFailure(failure, `No new link for ${email}`)
          toast.danger(title, { description: cause })
        },
      },
    ),
  )
  const dialog = proof.isAsked && (
    <OwnProofDialog
      confirmLabel="Make new link"
      isPending={isPending}
      failure={failureBesideProof(error, 'No new link was made')}
      onProof={proof.prove}
      onClose={() => {
        proof.giveUp()
        reset()
      }}
    >
      <p>Whoever opens the link may do everything here, and your sign-in is some time ago.</p>
    </OwnProofDialog>
  )
  return { attempt: proof.attempt, dialog }
}
