import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { z } from 'zod'

import type { CreatedInvitation, Invitation } from '#api/contract/members.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { invitations } from '#console/data/invitations.ts'
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
  const [params, setParams] = useSearchParams()
  const isInviting = params.get('new') === '1'
  const [made, setMade] = useState<Created>()
  const [revoked, setRevoked] = useState<Invitation>()
  const setInviting = (isOpen: boolean) => setParams(isOpen ? { new: '1' } : {}, { replace: true })
  const resend = useResend(setMade)
  return (
    <div className="flex flex-col gap-4">
      <Toolbar
        end={
          <Button variant="primary" onClick={() => setInviting(true)}>
            Invite a member
          </Button>
        }
      >
        <p className="max-w-prose text-sm text-muted">
          Metadeck sends no e-mail: you pass the link on. It is good once, for seven days.
        </p>
      </Toolbar>
      <InvitationList onInvite={() => setInviting(true)} onResend={resend} onRevoke={setRevoked} />
      {isInviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(invitation) => {
            setInviting(false)
            setMade(invitation)
          }}
        />
      )}
      {made && <InvitationLinkDialog invitation={made} onDone={() => setMade(undefined)} />}
      {revoked && <RevokeInvitationDialog invitation={revoked} onClose={() => setRevoked(undefined)} />}
    </div>
  )
}

/** A new link in place of the old one. */
function useResend(onMade: (invitation: Created) => void): (invitation: Invitation) => void {
  const { mutate, reset } = useMutation(invitations.resend())
  const toast = useToast()
  return ({ id, email }) =>
    mutate(id, {
      onSuccess: (invitation) => {
        onMade(invitation)
        // The mutation's own copy of the link goes; the dialog holds the only one.
        reset()
      },
      onError: (error) => {
        const { title, cause } = describeFailure(error, `No new link for ${email}`)
        toast.danger(title, { description: cause })
      },
    })
}
