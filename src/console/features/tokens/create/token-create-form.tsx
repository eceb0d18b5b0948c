import { zodResolver } from '@hookform/resolvers/zod'
import { useMemo, useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useNavigate } from 'react-router'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { joinWords } from '#console/scopes/grant-words.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { useUnseenSecret } from '../use-unseen-secret.ts'
import { AllowedIpsField } from './allowed-ips-field.tsx'
import { ExpiryField } from './expiry-field.tsx'
import { PresetField } from './preset-field.tsx'
import { ScopesField } from './scopes-field.tsx'
import { toCreateToken, type TokenForm, tokenFormFor } from './token-form.ts'
import { TokenRevealDialog } from './token-reveal-dialog.tsx'
import { TokenSummaryPanel } from './token-summary-panel.tsx'
import type { TokenStart } from './use-token-start.ts'
import { WorkspacesField } from './workspaces-field.tsx'

/** The one page on which a token is made: what it is at the left, what that comes to at the right. */
export function TokenCreateForm({ start, leftOut, copiedFrom, policy, mine, workspaces }: TokenStart) {
  const navigate = useNavigate()
  const create = useTold(tokens.create(), 'The token was not created')
  const tellUnseen = useUnseenSecret()
  const [created, setCreated] = useState<CreatedToken>()
  const schema = useMemo(() => tokenFormFor(policy), [policy])
  const form = useForm<TokenForm>({ resolver: zodResolver(schema), defaultValues: start })
  const { errors } = form.formState

  const handleSubmit = form.handleSubmit((values) => {
    create.run(toCreateToken(values, policy, new Date()), {
      onSuccess: (token, isShown) => (isShown ? setCreated(token) : tellUnseen(token)),
      onError: (error, isShown) => isShown && showFieldIssues(form, error),
    })
  })

  return (
    <FormProvider {...form}>
      <form
        onSubmit={handleSubmit}
        noValidate
        className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]"
      >
        <div className="flex min-w-0 flex-col gap-5">
          {copiedFrom !== null && (
            <Callout
              tone={leftOut.length > 0 ? 'warning' : 'info'}
              title={<span className="wrap-anywhere">Begins as a copy of {copiedFrom.name}</span>}
            >
              {leftOut.length > 0
                ? `Left out: ${joinWords(leftOut)}.`
                : 'It gets a secret of its own; nothing changes for the other one.'}
            </Callout>
          )}
          <Field label="Name" hint="What uses it, and where: nightly-backup, ci-deploy." error={errors.name?.message}>
            <Input {...form.register('name')} autoFocus />
          </Field>
          <PresetField policy={policy} held={mine.scopes} />
          <ExpiryField policy={policy} />
          <WorkspacesField workspaces={workspaces} canGrantAll={mine.workspaces === 'all'} />
          <AllowedIpsField />
          <ScopesField held={mine.scopes} />
        </div>
        <TokenSummaryPanel
          policy={policy}
          workspaces={workspaces}
          isPending={create.isPending}
          failure={create.failure}
        />
      </form>
      {created && <TokenRevealDialog token={created} onDone={() => void navigate('/tokens')} />}
    </FormProvider>
  )
}
