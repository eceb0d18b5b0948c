import { AccessDialog } from './access-dialog.tsx'
import type { OpenDialog } from './members-tab.tsx'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { ResetSecondStepDialog } from './reset-second-step-dialog.tsx'

interface MemberDialogsProps {
  dialog: OpenDialog
  onClose: () => void
  onRemoved: () => void
}

/** The dialog that was asked for. Fetched with the first one. */
export function MemberDialogs({ dialog: { kind, member }, onClose, onRemoved }: MemberDialogsProps) {
  if (kind === 'access') return <AccessDialog member={member} onClose={onClose} />
  if (kind === 'remove') return <RemoveMemberDialog member={member} onClose={onClose} onRemoved={onRemoved} />
  return <ResetSecondStepDialog member={member} onClose={onClose} />
}
