import { useQuery } from '@tanstack/react-query'
import { BellRing } from 'lucide-react'
import { useState } from 'react'

import { listChannels, type Channel } from '#api/contract/notifications.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { notifications } from '#console/data/notifications.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatDuration } from '#console/lib/format.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { toldByName } from '../told-by-name.ts'
import { channelColumns } from './channel-columns.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { DeleteChannelDialog } from './delete-channel-dialog.tsx'
import { DeliveryList } from './delivery-list.tsx'
import { SigningKeyDialog } from './signing-key-dialog.tsx'

type Open =
  | { kind: 'add' }
  | { kind: 'edit' | 'delete'; channel: Channel }
  | { kind: 'key'; name: string; secret: string }

/** Who is told when a backup fails, is missed or looks wrong. */
export function NotificationsTab() {
  const [open, setOpen] = useState<Open>()
  const toast = useToast()
  const close = () => setOpen(undefined)
  function handleSaved({ name }: Channel, secret: string | null) {
    toast.success(`Channel ${name} saved`)
    setOpen(secret === null ? undefined : { kind: 'key', name, secret })
  }
  return (
    <div className="flex flex-col gap-4">
      <ChannelList onOpen={setOpen} />
      {(open?.kind === 'add' || open?.kind === 'edit') && (
        <ChannelDialog
          channel={open.kind === 'edit' ? open.channel : undefined}
          onClose={close}
          onSaved={handleSaved}
        />
      )}
      {open?.kind === 'delete' && <DeleteChannelDialog channel={open.channel} onClose={close} />}
      {open?.kind === 'key' && <SigningKeyDialog name={open.name} secret={open.secret} onDone={close} />}
    </div>
  )
}

function ChannelList({ onOpen }: { onOpen: (open: Open) => void }) {
  const list = useQuery(notifications.channels())
  const may = useMay()
  const test = useTest()
  const columns = channelColumns({
    onEdit: (channel) => onOpen({ kind: 'edit', channel }),
    onDelete: (channel) => onOpen({ kind: 'delete', channel }),
    onTest: test,
  })
  if (!may(listChannels)) return <NoAccess endpoint={listChannels} />
  const add = (
    <Button variant="primary" onClick={() => onOpen({ kind: 'add' })}>
      Add a channel
    </Button>
  )
  if (list.isPending) {
    return (
      <>
        <div className="flex justify-end">{add}</div>
        <DataTableSkeleton columns={columns} label="Loading channels" />
      </>
    )
  }
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the channels')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (list.data.length === 0) {
    return (
      <EmptyState icon={<BellRing />} action={add}>
        Nobody is told yet. A webhook or a mailbox hears of backups that fail, are missed or look wrong.
      </EmptyState>
    )
  }
  return (
    <>
      <div className="flex justify-end">{add}</div>
      <DataTable
        label="Channels"
        rows={list.data}
        columns={columns}
        rowKey={({ id }) => String(id)}
        onRowOpen={(channel) => onOpen({ kind: 'edit', channel })}
      />
      <ListFoot noun="channel" shown={list.data.length} />
      <DeliveryList />
    </>
  )
}

/** Sends a test message and says how it went, of each one that was asked for. */
function useTest(): (channel: Channel) => void {
  const { run } = useTold(notifications.test(), 'The test message was not sent', { describe: toldByName })
  const toast = useToast()
  return ({ id, name }) =>
    run(id, {
      onSuccess: ({ ok, message, ms }) => {
        if (ok) toast.success(`${name} took the message`, { description: formatDuration(ms) })
        else toast.danger(`${name} did not take the message`, { description: message })
      },
      onError: (error) => {
        const { title, cause } = describeFailure(error, `The test message was not sent to ${name}`)
        toast.danger(title, { description: cause })
      },
    })
}
