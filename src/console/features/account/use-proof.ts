import { useState } from 'react'

import { asksForProof, type ProofInput } from '#console/data/second-factor.ts'

interface Outcome {
  onSuccess: () => void
  onError: (error: unknown) => void
}

/**
 * Tries something that a fresh sign-in may do at once, and remembers when the server wants to see who is there first.
 * `run` does it and tells the outcome. Show a `ProofDialog` while `isAsked`; `prove` then tries the same once more.
 */
export function useProof<Input = void>(run: (input: Input, proof: ProofInput, outcome: Outcome) => void) {
  const [asked, setAsked] = useState<{ input: Input }>()

  function attempt(input: Input, proof: ProofInput = {}): void {
    run(input, proof, {
      onSuccess: () => setAsked(undefined),
      onError: (error) => {
        if (asksForProof(error)) setAsked({ input })
      },
    })
  }

  return {
    isAsked: asked !== undefined,
    attempt: (input: Input) => attempt(input),
    prove: (proof: ProofInput) => {
      if (asked !== undefined) attempt(asked.input, proof)
    },
    giveUp: () => setAsked(undefined),
  }
}
