import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { Member } from '#api/contract/members.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { members } from '#console/data/members.ts'
import { formatCount } from '#console/lib/format.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Answers what disables a member or lets them in again; both can be called back from the notice. */
export function useMemberSwitch(): (member: Member) => void {
  const { mutate } = useMutation(members.update())
  const toast = useToast()
  return useCallback(
    (member) => {
      function set(disabled: boolean, onDone: () => void) {
        mutate(
          { id: member.id, changes: { disabled } },
          {
            onSuccess: onDone,
            onError: (error) => {
              const { title, cause, advice } = describeFailure(
                error,
                `${member.name} could not be ${disabled ? 'disabled' : 'enabled'}`,
              )
              toast.danger(title, { description: [cause, advice].filter(Boolean).join(' ') })
            },
          },
        )
      }
      const disables = member.status === 'active'
      set(disables, () =>
        toast.success(`${member.name} is ${disables ? 'disabled' : 'enabled'}`, {
          description: disables ? disabledWords(member) : undefined,
          action: { label: 'Undo', onSelect: () => set(!disables, () => undefined) },
        }),
      )
    },
    [mutate, toast],
  )
}

/** What ended with it. Sessions do not come back with an undo: the person signs in again. */
function disabledWords({ sessions, tokens }: Member): string {
  const ended = sessions > 0 ? `${formatCount(sessions, 'session')} ended.` : 'No session was open.'
  return tokens > 0 ? `${ended} ${formatCount(tokens, 'token')} refused until they are enabled.` : ended
}
