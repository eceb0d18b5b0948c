import { useMutation, type UseMutateFunction } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { ChangedToken, Token } from '#api/contract/tokens.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { useToast } from '#console/ui/toast.tsx'

import { dependantNames } from '../dependant-words.ts'

type Named = Pick<Token, 'id' | 'name'>

interface Switch {
  mutate: UseMutateFunction<ChangedToken, unknown, { id: number; isEnabled: boolean }>
  toast: ReturnType<typeof useToast>
}

/** Disables or enables; the notice of it can call it back, once. */
function switchToken({ mutate, toast }: Switch, { id, name }: Named, isEnabled: boolean, isUndo = false): void {
  const word = isEnabled ? 'enabled' : 'disabled'
  mutate(
    { id, isEnabled },
    {
      onSuccess: ({ breaks }) =>
        toast.success(`Token ${name} is ${word}`, {
          description: effectWords(isEnabled, breaks),
          action: isUndo
            ? undefined
            : { label: 'Undo', onSelect: () => switchToken({ mutate, toast }, { id, name }, !isEnabled, true) },
        }),
      onError: (error) => {
        const { title, cause } = describeFailure(error, `Token ${name} was not ${word}`)
        toast.danger(title, { description: cause })
      },
    },
  )
}

function effectWords(isEnabled: boolean, breaks: ChangedToken['breaks']): string {
  if (isEnabled) return 'Let in from the next request on.'
  if (breaks.length === 0) return 'Refused from the next request on.'
  return `Refused from the next request on; ${dependantNames(breaks)} cannot run meanwhile.`
}

/** Puts tokens out of use and back at one press. */
export function useTokenSwitch() {
  const { mutate } = useMutation(tokens.enable())
  const toast = useToast()
  const disable = useCallback((token: Named) => switchToken({ mutate, toast }, token, false), [mutate, toast])
  const enable = useCallback((token: Named) => switchToken({ mutate, toast }, token, true), [mutate, toast])
  return { disable, enable }
}
