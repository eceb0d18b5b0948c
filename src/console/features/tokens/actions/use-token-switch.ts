import { useState } from 'react'

import type { ChangedToken, Token } from '#api/contract/tokens.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { type Told, useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

import { dependantNames } from '../dependant-words.ts'

type Named = Pick<Token, 'id' | 'name'>

interface Switch {
  run: Told<ChangedToken, { id: number; isEnabled: boolean }>['run']
  toast: ReturnType<typeof useToast>
}

/** Disables or enables; the notice of it can call it back, once. */
function switchToken({ run, toast }: Switch, { id, name }: Named, isEnabled: boolean, isUndo = false): void {
  const word = isEnabled ? 'enabled' : 'disabled'
  run(
    { id, isEnabled },
    {
      onSuccess: ({ breaks }) =>
        toast.success(`Token ${name} is ${word}`, {
          description: effectWords(isEnabled, breaks),
          action: isUndo
            ? undefined
            : { label: 'Undo', onSelect: () => switchToken({ run, toast }, { id, name }, !isEnabled, true) },
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

/** The notice above names the token, which what is told by itself could not: it tells nothing. */
const UNTOLD = { describe: () => undefined, showsFailure: false }

/** Puts tokens out of use and back at one press. Each end is told, also of two at once and after the page was left. */
export function useTokenSwitch() {
  const { run } = useTold(tokens.enable(), 'The token was not changed', UNTOLD)
  const toast = useToast()
  // The same from draw to draw, so that rows are not drawn again for them; the first `run` goes on working.
  const [acts] = useState(() => ({
    disable: (token: Named) => switchToken({ run, toast }, token, false),
    enable: (token: Named) => switchToken({ run, toast }, token, true),
  }))
  return acts
}
