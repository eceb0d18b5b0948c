import { useState, type SyntheticEvent } from 'react'

import { formFailure } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import { ProbeResult } from './probe-result.tsx'
import { useProbe } from './use-probe.ts'

/** Tries a token at any time. The server keeps no secret, so whoever asks brings it. */
export function ProbePanel({ tokenId }: { tokenId: number }) {
  const [secret, setSecret] = useState('')
  const probe = useProbe(tokenId)
  const failure = formFailure(probe.error, 'Could not try the token')

  function handleSubmit(event: SyntheticEvent) {
    event.preventDefault()
    if (secret.trim() === '' || probe.isRunning) return
    probe.run(secret.trim())
    setSecret('')
  }

  return (
    <Panel
      title="Try it"
      description="One call for each scope, expected against actual. They change nothing and do not count as use."
    >
      <div className="flex flex-col gap-3">
        <form onSubmit={handleSubmit} noValidate className="flex items-start gap-2">
          <Field
            label="Secret of this token"
            hint="Only its fingerprint is kept here. It is used for this and forgotten."
            className="max-w-md min-w-0 flex-1"
          >
            <PasswordInput
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
              autoComplete="off"
              placeholder="mdk_…"
            />
          </Field>
          {/* Beside the box, below its label. */}
          <div className="shrink-0 pt-6.5">
            <Button type="submit" pending={probe.isRunning} disabled={secret.trim() === '' && !probe.isRunning}>
              Try every scope
            </Button>
          </div>
        </form>
        {failure && <FormError {...failure} />}
        {probe.result && <ProbeResult probe={probe.result} />}
      </div>
    </Panel>
  )
}
