import { useState } from 'react'

import type { Member } from '#api/contract/members.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { members } from '#console/data/members.ts'
import { type Told, useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

import { disabledWords, enabledWords, type SwitchedTokens } from './switch-words.ts'

interface Switch {
  run: Told<{ tokens: SwitchedTokens }, { id: number; isEnabled: boolean }>['run']
  toast: ReturnType<typeof useToast>
}

/** Disables a member or lets them in again; the notice of it can call it back, once. */
function switchMember({ run, toast }: Switch, member: Member, isEnabled: boolean, isUndo = false): void {
  const { id, name, sessions } = member
  const word = isEnabled ? 'enabled' : 'disabled'
  run(
    { id, isEnabled },
    {
      onSuccess: ({ tokens }) =>
        toast.success(`${name} is ${word}`, {
          description: isEnabled ? enabledWords(tokens) : disabledWords(sessions, tokens),
          action: isUndo
            ? undefined
            : { label: 'Undo', onSelect: () => switchMember({ run, toast }, member, !isEnabled, true) },
        }),
      onError: (error) => {
        const { title, cause, advice } = describeFailure(error, `${name} could not be ${word}`)
        toast.danger(title, { description: [cause, advice].filter(Boolean).join(' ') })
      },
    },
  )
}

/** The notices above name the member, which what is told by itself could not: it tells nothing. */
const UNTOLD = { describe: () => undefined, showsFailure: false }

/** Answers what disables an active member, and enables a disabled one. Each end is told, also of two at once. */
export function useMemberSwitch(): (member: Member) => void {
  const { run } = useTold(members.enable(), 'The member was not changed', UNTOLD)
  const toast = useToast()
  // The same from draw to draw, so that rows are not drawn again for it; the first `run` goes on working.
  const [act] = useState(() => (member: Member) => switchMember({ run, toast }, member, member.status === 'disabled'))
  return act
}
