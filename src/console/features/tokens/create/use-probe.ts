import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { TokenProbe } from '#api/contract/token-usage.ts'
import { tokens } from '#console/data/tokens.ts'

export interface Probe {
  run: (secret: string) => void
  isRunning: boolean
  /** Of the last run that came to an end. */
  result: TokenProbe | undefined
  error: unknown
}

/** Tries every scope of a token by its secret, which is forgotten as soon as the answer is there. */
export function useProbe(tokenId: number): Probe {
  const { mutate, reset, isPending } = useMutation(tokens.probe())
  const [outcome, setOutcome] = useState<{ result?: TokenProbe; error?: unknown }>({})

  function settle(next: { result?: TokenProbe; error?: unknown }) {
    setOutcome(next)
    // The mutation keeps what it was called with.
    reset()
  }

  return {
    run: (secret) =>
      mutate(
        { id: tokenId, token: secret },
        { onSuccess: (result) => settle({ result }), onError: (error) => settle({ error }) },
      ),
    isRunning: isPending,
    result: outcome.result,
    error: outcome.error,
  }
}
