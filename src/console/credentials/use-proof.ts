import { useState } from 'react'

import { asksForProof, type ProofInput, refusesProof } from '#console/data/second-factor.ts'

interface Outcome<Input> {
  onSuccess: () => void
  onError: (error: unknown) => void
  /** Begins anew with something else, such as the way back. */
  attempt: (input: Input) => void
}

/**
 * Tries something that a fresh sign-in may do at once, and remembers when the server wants to see who is there first.
 * `run` does it and tells the outcome. Show a `ProofDialog` while `isAsked`; `prove` then tries the same once more. What
 * fails for another reason than the proof is no longer asked for: the form it came from shows why.
 */
export function useProof<Input = void>(run: (input: Input, proof: ProofInput, outcome: Outcome<Input>) => void) {
  const [asked, setAsked] = useState<{ input: Input }>()

  function attempt(input: Input, proof: ProofInput = {}): void {
    run(input, proof, {
      onSuccess: () => setAsked(undefined),
      onError: (error) => {
        if (asksForProof(error)) setAsked({ input })
        else if (!refusesProof(error)) setAsked(undefined)
      },
      attempt: (other) => attempt(other),
    })
  }

  return {
    isAsked: asked !== undefined,
    /** What the proof is asked for. */
    asked: asked?.input,
    attempt: (input: Input) => attempt(input),
    prove: (proof: ProofInput) => {
      if (asked !== undefined) attempt(asked.input, proof)
    },
    giveUp: () => setAsked(undefined),
  }
}
