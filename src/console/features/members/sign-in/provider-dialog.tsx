import { zodResolver } from '@hookform/resolvers/zod'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { createOidcProvider, type OidcProvider, updateOidcProvider } from '#api/contract/oidc.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { plainIssues } from '#console/data/form-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { useTold } from '#console/data/use-told.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { AccountFields } from './account-fields.tsx'
import { ClientFields } from './client-fields.tsx'
import { formOf, ProviderForm, saveOf } from './provider-form.ts'
import { RoleFields } from './role-fields.tsx'

interface ProviderDialogProps {
  /** The one that is changed; undefined = a new one. */
  provider: OidcProvider | undefined
  onClose: () => void
  onMade: (provider: OidcProvider) => void
}

/** Names of the contract where the form has others. */
const FIELD_OF: Partial<Record<string, keyof ProviderForm>> = {
  allowedDomains: 'domains',
  memberScopes: 'scopes',
  memberWorkspaces: 'workspaces',
}

/** Adds a provider or changes one. */
export function ProviderDialog({ provider, onClose, onMade }: ProviderDialogProps) {
  const save = useTold(oidc.save(), 'The provider was not saved')
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(ProviderForm), defaultValues: formOf(provider) })
  const label = provider === undefined ? 'Add provider' : 'Save provider'

  function handleSaved(saved: OidcProvider, isShown: boolean) {
    if (provider === undefined && isShown) return onMade(saved)
    toast.success(`${saved.name} is ${provider === undefined ? 'added' : 'changed'}`)
    if (isShown) onClose()
  }
  const proof = useProof<ProviderForm>((values, given, outcome) =>
    save.run(
      { id: provider?.id, body: { ...saveOf(values), proof: given } },
      {
        onSuccess: handleSaved,
        onError: (error, isShown) => {
          if (!isShown) return
          outcome.onError(error)
          showIssues(error)
        },
      },
    ),
  )
  const handleSubmit = form.handleSubmit((values) => proof.attempt(values))
  function showIssues(error: unknown) {
    for (const { param, message } of plainIssues(error)) {
      const [name = ''] = param.split('.')
      const field = FIELD_OF[name] ?? name
      if (field in form.getValues()) form.setError(field as keyof ProviderForm, { type: 'server', message })
    }
  }

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      dismissible={!save.isPending}
      title={provider === undefined ? 'Add a sign-in provider' : `Change ${provider.name}`}
      description="Only people whose verified e-mail address is of one of your domains get in."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-5">
          <ClientFields redirectUri={provider?.redirectUri} />
          <RoleFields />
          <AccountFields />
          <ProviderCall id={provider?.id} />
          {save.failure && !proof.isAsked && <FormError {...save.failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={save.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={save.isPending}>
              {label}
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
      <AskedProof confirmLabel={label} proof={proof} told={save}>
        <p>A provider decides who gets in, and your sign-in is some time ago.</p>
      </AskedProof>
    </Dialog>
  )
}

/** The call of the form, without the secret that was typed. */
function ProviderCall({ id }: { id: number | undefined }) {
  const values = useWatch<ProviderForm>() as ProviderForm
  const body = saveOf(values)
  const shown = body.clientSecret ? { ...body, clientSecret: '…' } : body
  return id === undefined ? (
    <SameCall endpoint={createOidcProvider} body={shown} />
  ) : (
    <SameCall endpoint={updateOidcProvider} params={{ id }} body={shown} />
  )
}
