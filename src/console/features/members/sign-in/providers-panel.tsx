import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { providerColumns } from './provider-columns.tsx'
import { ProviderDialog } from './provider-dialog.tsx'
import { ProviderMadeDialog } from './provider-made-dialog.tsx'
import { RemoveProviderDialog } from './remove-provider-dialog.tsx'
import { useProviderSwitch } from './use-provider-switch.tsx'
import { useProviderTest } from './use-provider-test.ts'

type Open = { kind: 'add' } | { kind: 'edit' | 'remove' | 'made'; provider: OidcProvider }

/** Providers by which people sign in, beside the password. */
export function ProvidersPanel() {
  const [open, setOpen] = useState<Open>()
  return (
    <Panel
      title="Sign-in providers"
      description="OpenID Connect: people sign in with an account they have elsewhere."
      flush
      actions={<Button onClick={() => setOpen({ kind: 'add' })}>Add a provider</Button>}
    >
      <ProviderList onOpen={setOpen} />
      {open && <ProviderDialogs open={open} onOpen={setOpen} />}
    </Panel>
  )
}

function ProviderList({ onOpen }: { onOpen: (open: Open) => void }) {
  const list = useQuery(oidc.list())
  const { onSwitch, dialog } = useProviderSwitch()
  const columns = providerColumns({
    onEdit: (provider) => onOpen({ kind: 'edit', provider }),
    onRemove: (provider) => onOpen({ kind: 'remove', provider }),
    onTest: useProviderTest(),
    onSwitch,
  })
  if (list.isPending) {
    return (
      <div className="p-4">
        <TextSkeleton lines={2} label="Loading providers" />
      </div>
    )
  }
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the providers')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
        className="m-4"
      />
    )
  }
  if (list.data.length === 0)
    return <p className="p-4 text-muted">No provider yet. Everybody signs in with a password or a passkey.</p>
  return (
    <>
      <DataTable
        flush
        label="Sign-in providers"
        rows={list.data}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowLabel={({ name }) => name}
      />
      {dialog}
    </>
  )
}

function ProviderDialogs({ open, onOpen }: { open: Open; onOpen: (open: Open | undefined) => void }) {
  const close = () => onOpen(undefined)
  if (open.kind === 'made') return <ProviderMadeDialog provider={open.provider} onDone={close} />
  if (open.kind === 'remove') return <RemoveProviderDialog provider={open.provider} onClose={close} />
  return (
    <ProviderDialog
      provider={open.kind === 'edit' ? open.provider : undefined}
      onClose={close}
      onMade={(provider) => onOpen({ kind: 'made', provider })}
    />
  )
}
