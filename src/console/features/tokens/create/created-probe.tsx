import { useEffect, useRef } from 'react'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Spinner } from '#console/ui/spinner.tsx'

import { ProbeResult } from './probe-result.tsx'
import { useProbe } from './use-probe.ts'

/** Tries a token as soon as it is made, while its secret is at hand: what it can do is seen, not believed. */
export function CreatedProbe({ token }: { token: Pick<CreatedToken, 'id' | 'token'> }) {
  const { run, isRunning, result, error } = useProbe(token.id)
  const begun = useRef(false)
  const failure = formFailure(error, 'Could not try the token')

  useEffect(() => {
    if (begun.current) return
    begun.current = true
    run(token.token)
  }, [run, token.token])

  return (
    <section aria-label="Scope probe" className="flex min-h-11 flex-col gap-2">
      {result === undefined && failure === undefined && (
        <output className="flex h-11 items-center gap-2 rounded-lg bg-muted px-3 text-sm text-muted">
          <Spinner />
          Trying every scope with a call that changes nothing
        </output>
      )}
      {failure && (
        <>
          <FormError {...failure} />
          <div>
            <Button size="sm" pending={isRunning} onClick={() => run(token.token)}>
              Try again
            </Button>
          </div>
        </>
      )}
      {result && <ProbeResult probe={result} />}
    </section>
  )
}
