import type { TokenDependant } from '#api/contract/tokens.ts'

import { AccessDialog } from './access-dialog.tsx'
import type { OpenDialog } from './open-dialog.ts'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { ResetSecondStepDialog } from './reset-second-step-dialog.tsx'
import { StoppedDialog } from './stopped-dialog.tsx'

interface MemberDialogsProps {
  dialog: OpenDialog
  onClose: () => void
  onRemoved: (stopped: TokenDependant[]) => void
}

/** The dialog that was asked for. Fetched with the first one. */
export function MemberDialogs({ dialog, onClose, onRemoved }: MemberDialogsProps) {
  const { kind, member } = dialog
  if (dialog.kind === 'stopped') {
    return <StoppedDialog name={member.name} stopped={dialog.stopped} onClose={onClose} />
  }
  if (kind === 'access') return <AccessDialog member={member} onClose={onClose} />
  if (kind === 'remove') return <RemoveMemberDialog member={member} onClose={onClose} onRemoved={onRemoved} />
  return <ResetSecondStepDialog member={member} onClose={onClose} />
}
