import { useState } from 'react'

import type { TokenProbe } from '#api/contract/token-usage.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'

export interface Probe {
  run: (secret: string) => void
  isRunning: boolean
  /** Of the last run that came to an end. */
  result: TokenProbe | undefined
  error: unknown
}

/** Tries every scope of a token by its secret, which is forgotten as soon as the answer is there. */
export function useProbe(tokenId: number): Probe {
  const { run, reset, isPending } = useTold(tokens.probe(), 'The scopes were not tried')
  const [outcome, setOutcome] = useState<{ result?: TokenProbe; error?: unknown }>({})

  function settle(next: { result?: TokenProbe; error?: unknown }) {
    setOutcome(next)
    // The mutation keeps what it was called with.
    reset()
  }

  return {
    run: (secret) =>
      run(
        { id: tokenId, token: secret },
        {
          onSuccess: (result, isShown) => isShown && settle({ result }),
          onError: (error, isShown) => isShown && settle({ error }),
        },
      ),
    isRunning: isPending,
    result: outcome.result,
    error: outcome.error,
  }
}
