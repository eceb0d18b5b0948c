import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { use, useEffect, useState } from 'react'

import { formFailure, type FormFailure } from './form-failure.ts'
import { MissedFailures } from './missed-failures.ts'
import { asksForProof } from './second-factor.ts'
import { createToldCalls, type ToldOutcome } from './told-calls.ts'

interface ToldSettings {
  /** Puts a failure into words; by default `formFailure`. Undefined = nothing that anybody must be told. */
  describe?: (error: unknown, title: string) => FormFailure | undefined
  /** False where the part shows no `failure`: then each one is told by a notice. */
  showsFailure?: boolean
}

/** What there is to show of the last call, and a way to make another one. */
export interface Told<Data, Input> {
  run: (input: Input, outcome?: ToldOutcome<Data>) => void
  /** Nothing of the last call is shown any more. It is not called back: what becomes of it is told all the same. */
  reset: () => void
  isPending: boolean
  /** What the call under way, or the one that failed last, was given. */
  input: Input | undefined
  error: unknown
  /** The error in words; that the server asks for a proof is none. */
  failure: FormFailure | undefined
  /** When the last call was made, in ms. */
  startedAt: number
}

/**
 * A mutation whose end is always told. The callbacks that react-query's `mutate` takes are dropped when the part goes
 * before the mutation is over, such as by the very refetch that it awaits, and when it is called again; these are not.
 *
 *     const rename = useTold(passkeys.rename(id), 'The passkey was not renamed')
 *     rename.run(name, {
 *       onSuccess: (_reply, isShown) => {
 *         toast.success('The passkey is renamed')
 *         if (isShown) onClose()
 *       },
 *     })
 *     <Form isPending={rename.isPending} failure={rename.failure} />
 *
 * The part shows `failure` beside what failed. Where nobody can see it there (the page was left, or another call was made
 * since) it is told by a notice. `title` says what did not happen: "The passkey was not renamed".
 *
 * What was sent and answered is forgotten with a success, because both may hold secrets: keep what is to be shown of the
 * answer in `onSuccess`, in a part that stays. Give such mutations a `gcTime` of 0, so that the cache forgets them too.
 */
export function useTold<Data, Input, Held>(
  options: UseMutationOptions<Data, unknown, Input, Held>,
  title: string,
  { describe = formFailure, showsFailure = true }: ToldSettings = {},
): Told<Data, Input> {
  const { mutateAsync, reset, error, isPending, variables, submittedAt } = useMutation(options)
  const tellMissed = use(MissedFailures)
  const [calls] = useState(createToldCalls)

  useEffect(() => calls.enter(), [calls])

  function run(input: Input, outcome: ToldOutcome<Data> = {}) {
    const onError = (failed: unknown, isShown: boolean) => {
      outcome.onError?.(failed, isShown)
      const missed = isShown && showsFailure ? undefined : describe(failed, title)
      if (missed) tellMissed(missed)
    }
    void calls.follow(mutateAsync(input), { onSuccess: outcome.onSuccess, onError }, reset)
  }

  return {
    run,
    reset: () => {
      calls.giveUp()
      reset()
    },
    isPending,
    input: variables,
    error,
    failure: asksForProof(error) ? undefined : describe(error, title),
    startedAt: submittedAt,
  }
}
