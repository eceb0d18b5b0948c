import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useNavigate } from 'react-router'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { ExpiryField } from './expiry-field.tsx'
import { PresetField } from './preset-field.tsx'
import { ScopeMatrixField } from './scope-matrix-field.tsx'
import { toCreateToken, TokenForm, TOKEN_FORM_START } from './token-form.ts'
import { TokenRevealDialog } from './token-reveal-dialog.tsx'
import { TokenSummaryPanel } from './token-summary-panel.tsx'
import { WorkspacesField } from './workspaces-field.tsx'

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

export function Component() {
  const navigate = useNavigate()
  const create = useMutation(tokens.create())
  const [created, setCreated] = useState<CreatedToken>()
  const form = useForm({ resolver: zodResolver(TokenForm), defaultValues: TOKEN_FORM_START })
  const { errors } = form.formState

  const handleSubmit = form.handleSubmit((values) => {
    create.mutate(toCreateToken(values, new Date()), {
      onSuccess: (token) => {
        setCreated(token)
        // The mutation's own copy of the secret goes; the dialog holds the only one.
        create.reset()
      },
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <Page>
      <PageHeader
        title="New token"
        description="Give it no more than it must have. What it can do cannot be changed later; a new one is made in a minute."
      />
      <FormProvider {...form}>
        <form
          onSubmit={handleSubmit}
          noValidate
          className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]"
        >
          <div className="flex min-w-0 flex-col gap-5">
            <Field label="Name" hint="What uses it, and where: nightly-backup, ci-deploy." error={errors.name?.message}>
              <Input {...form.register('name')} autoFocus />
            </Field>
            <PresetField />
            <ExpiryField />
            <WorkspacesField />
            <ScopeMatrixField />
          </div>
          <TokenSummaryPanel
            isPending={create.isPending}
            failure={formFailure(create.error, 'Could not create the token')}
          />
        </form>
      </FormProvider>
      {created && <TokenRevealDialog token={created} onDone={() => void navigate('/tokens')} />}
    </Page>
  )
}
