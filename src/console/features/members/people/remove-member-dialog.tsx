import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Member } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'
import { members } from '#console/data/members.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { fateWords, stoppedWords } from './removal-words.ts'
import { TokenFateField } from './token-fate-field.tsx'
import { TokenLines } from './token-lines.tsx'

interface RemoveMemberDialogProps {
  member: Member
  onClose: () => void
  /** Told what does not run any more. */
  onRemoved: (stopped: TokenDependant[]) => void
}

/** Removing cannot be undone, so the e-mail address is typed first; what ends with the account is named. */
export function RemoveMemberDialog({ member, onClose, onRemoved }: RemoveMemberDialogProps) {
  const detail = useQuery(members.detail(member.id))
  const remove = useTold(members.remove(), `${member.name} was not removed`)
  const toast = useToast()
  const [heir, setHeir] = useState<number>()
  const { tokens, sessions } = detail.data ?? member

  function handleConfirm() {
    remove.run(
      { id: member.id, tokensTo: tokens > 0 ? heir : undefined },
      {
        onSuccess: (reply, isShown) => {
          const fate = fateWords(reply.tokens)
          const stopped = isShown || reply.stopped.length === 0 ? undefined : `${stoppedWords(reply.stopped)}.`
          toast.success(`${member.name} is removed`, { description: [fate, stopped].filter(Boolean).join(' ') })
          if (isShown) onRemoved(reply.stopped)
        },
      },
    )
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove ${member.name}`}
      confirmLabel={tokens > 0 && heir === undefined ? 'Remove member and tokens' : 'Remove member'}
      typedName={member.email}
      pending={remove.isPending}
      error={remove.failure}
      onConfirm={handleConfirm}
    >
      <p>
        The account is gone for good;{' '}
        {sessions === 0
          ? 'no session is open'
          : `${formatCount(sessions, 'open session')} ${sessions === 1 ? 'ends' : 'end'}`}
        . What they did stays in the audit log.
      </p>
      <p>
        Schedules that {tokens > 0 ? 'run with a token of theirs or that ' : ''}they saved last stop running. Afterwards
        you are told which, so that you can save them anew.
      </p>
      {tokens > 0 && (
        <>
          <TokenFateField
            member={detail.data ?? member}
            tokens={detail.data?.tokenList}
            value={heir}
            onChange={setHeir}
          />
          <TokenLines tokens={detail.data?.tokenList} total={tokens} />
        </>
      )}
    </ConfirmDialog>
  )
}
