import { Ellipsis, Pencil, Send, Trash2 } from 'lucide-react'

import type { Channel, Delivery } from '#api/contract/notifications.ts'
import { Badge, type Tone } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { eventsWords, placeWords } from './channel-words.ts'

export interface ChannelActions {
  onEdit: (channel: Channel) => void
  onTest: (channel: Channel) => void
  onDelete: (channel: Channel) => void
}

const STATUS: Record<Delivery['status'], { words: string; tone: Tone }> = {
  queued: { words: 'Waiting', tone: 'info' },
  delivered: { words: 'Delivered', tone: 'success' },
  failed: { words: 'Failed', tone: 'danger' },
}

export function channelColumns(actions: ChannelActions): DataColumn<Channel>[] {
  return [
    { id: 'name', header: 'Name', width: '14rem', stacked: 'primary', cell: ({ name }) => name },
    {
      id: 'kind',
      header: 'Kind',
      width: '7rem',
      stacked: 'secondary',
      cell: ({ settings }) => (settings.kind === 'webhook' ? 'Webhook' : 'E-mail'),
    },
    { id: 'place', header: 'Where', stacked: 'secondary', cell: ({ settings }) => placeWords(settings) },
    { id: 'events', header: 'Told of', from: 'lg', cell: ({ events }) => eventsWords(events) },
    {
      id: 'last',
      header: 'Last message',
      width: '14rem',
      stacked: 'secondary',
      cell: (channel) => <LastMessage channel={channel} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (channel) => <ChannelMenu channel={channel} {...actions} />,
    },
  ]
}

function LastMessage({ channel: { active, lastDelivery } }: { channel: Channel }) {
  if (!active) return <Badge>Off</Badge>
  if (lastDelivery === null) return <span className="text-muted">none yet</span>
  return (
    <span className="inline-flex items-center gap-2">
      <DeliveryStatus delivery={lastDelivery} />
      <span className="text-muted">
        <RelativeTime at={lastDelivery.createdAt} />
      </span>
    </span>
  )
}

function DeliveryStatus({ delivery: { status } }: { delivery: Delivery }) {
  return <Badge tone={STATUS[status].tone}>{STATUS[status].words}</Badge>
}

function ChannelMenu({ channel, onEdit, onTest, onDelete }: ChannelActions & { channel: Channel }) {
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${channel.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Send aria-hidden />} onSelect={() => onTest(channel)}>
        Send a test message
      </MenuItem>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(channel)}>
        Change
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onDelete(channel)}>
        Remove channel
      </MenuItem>
    </Menu>
  )
}

export const DELIVERY_COLUMNS: DataColumn<Delivery>[] = [
  {
    id: 'when',
    header: 'When',
    width: '8rem',
    stacked: 'secondary',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  { id: 'subject', header: 'Message', stacked: 'primary', cell: ({ subject }) => subject },
  {
    id: 'status',
    header: 'Status',
    width: '7rem',
    stacked: 'secondary',
    cell: (delivery) => <DeliveryStatus delivery={delivery} />,
  },
  {
    id: 'error',
    header: 'What went wrong',
    stacked: 'secondary',
    wrap: true,
    cell: ({ error, attempts, nextAttemptAt }) =>
      error === null ? null : (
        <span>
          {error} {nextAttemptAt !== null && <span className="text-muted">Attempt {attempts}; it is tried again.</span>}
        </span>
      ),
  },
]
