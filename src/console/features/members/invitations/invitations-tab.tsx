import { useRef, useState } from 'react'
import type { z } from 'zod'

import type { CreatedInvitation, Invitation } from '#api/contract/members.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { Button } from '#console/ui/button.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { InvitationLinkDialog } from './invitation-link-dialog.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RevokeInvitationDialog } from './revoke-invitation-dialog.tsx'
import { useResend } from './use-resend.tsx'

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
  const isBusy = resend.isBusy || made !== undefined
  return (
    <div className="flex flex-col gap-4">
      <Toolbar
        end={
          <Button ref={inviteButton} variant="primary" disabled={isBusy} onClick={() => setInviting(true)}>
            Invite a member
          </Button>
        }
      >
        <p className="max-w-prose text-sm text-muted">
          Metadeck sends no e-mail: you pass the link on. It is good once, for seven days.
        </p>
      </Toolbar>
      <InvitationList
        onInvite={() => setInviting(true)}
        onResend={resend.attempt}
        onRevoke={setRevoked}
        isBusy={isBusy}
      />
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
