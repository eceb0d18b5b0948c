import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, type QueryClient } from '@tanstack/react-query'
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'

import { createTable } from '#api/contract/tables.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { tables } from '#console/data/tables.ts'
import { formatCount } from '#console/lib/format.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

import { TableForm, TABLE_START, toCreateTable } from './column-form.ts'
import { ColumnsField } from './columns-field.tsx'

export const access = { title: 'New table', endpoint: createTable }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(tables.all(Number(params['workspaceId']))).catch(() => undefined)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const navigate = useNavigate()
  const create = useMutation(tables.create(workspaceId))
  const form = useForm({ resolver: zodResolver(TableForm), defaultValues: TABLE_START })
  const { errors } = form.formState
  const failure = formFailure(create.error, 'Could not create the table')

  const handleSubmit = form.handleSubmit((values) => {
    create.mutate(toCreateTable(values), {
      onSuccess: (table) => void navigate(`/w/${workspaceId}/tables/${table.id}`),
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <Page>
      <PageHeader
        title="New table"
        description="A real PostgreSQL table. Columns can be added, renamed and dropped later."
      />
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex max-w-5xl flex-col gap-5">
          <Field
            label="Name"
            hint="As it stands in the database: orders, order_items."
            error={errors.name?.message}
            className="max-w-md"
          >
            <Input {...form.register('name')} mono autoFocus spellCheck={false} />
          </Field>
          <Field label="Description" optional error={errors.description?.message} className="max-w-180">
            <Textarea {...form.register('description')} rows={2} />
          </Field>
          <AuthField />
          <ColumnsField workspaceId={workspaceId} />
          {failure && <FormError {...failure} />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={create.isPending}>
              <CreateLabel />
            </Button>
            <ButtonLink to={`/w/${workspaceId}/tables`}>Cancel</ButtonLink>
          </div>
        </form>
      </FormProvider>
    </Page>
  )
}

function CreateLabel() {
  const { control } = useFormContext<TableForm>()
  const columns = useWatch({ control, name: 'schema' })
  return `Create table with ${formatCount(columns.length, 'column')}`
}

function AuthField() {
  const { control, setValue } = useFormContext<TableForm>()
  const auth = useWatch({ control, name: 'auth' })
  return (
    <Checkbox
      label="People sign in with rows of this table"
      description="Endpoints can then use it for authentication."
      checked={auth}
      onCheckedChange={(isOn) => setValue('auth', isOn, { shouldDirty: true })}
    />
  )
}
