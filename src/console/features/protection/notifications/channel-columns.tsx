import { Send } from 'lucide-react'

import type { Channel, Delivery } from '#api/contract/notifications.ts'
import { Badge, type Tone } from '#console/ui/badge.tsx'
import { ACTIONS_COLUMN, type DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { type EditActions, EditMenu } from '../edit-menu.tsx'
import { LongName } from '../long-name.tsx'
import { StateSince } from '../state-since.tsx'
import { eventsWords, placeWords } from './channel-words.ts'

const STATUS: Record<Delivery['status'], { words: string; tone: Tone }> = {
  queued: { words: 'Waiting', tone: 'info' },
  delivered: { words: 'Delivered', tone: 'success' },
  failed: { words: 'Failed', tone: 'danger' },
}

export function channelColumns(actions: EditActions<Channel>): DataColumn<Channel>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: '17rem',
      wrap: true,
      stacked: 'primary',
      cell: ({ name }) => <LongName name={name} />,
    },
    {
      id: 'kind',
      header: 'Kind',
      width: '7rem',
      stacked: 'secondary',
      cell: ({ settings }) => (settings.kind === 'webhook' ? 'Webhook' : 'E-mail'),
    },
    {
      id: 'place',
      header: 'Where',
      wrap: true,
      stacked: 'secondary',
      cell: ({ settings }) => <LongName name={placeWords(settings)} />,
    },
    { id: 'events', header: 'Told of', from: 'lg', cell: ({ events }) => eventsWords(events) },
    {
      id: 'last',
      header: 'Last message',
      width: '13rem',
      wrap: true,
      stacked: 'secondary',
      cell: (channel) => <LastMessage channel={channel} />,
    },
    {
      ...ACTIONS_COLUMN,
      cell: (channel) => (
        <EditMenu
          {...actions}
          item={channel}
          testLabel="Send a test message"
          testIcon={<Send aria-hidden />}
          deleteLabel="Remove channel"
        />
      ),
    },
  ]
}

function LastMessage({ channel: { active, lastDelivery } }: { channel: Channel }) {
  if (!active) return <Badge>Off</Badge>
  if (lastDelivery === null) return <span className="text-muted">none yet</span>
  return <StateSince {...STATUS[lastDelivery.status]} at={lastDelivery.createdAt} />
}

function DeliveryStatus({ delivery: { status } }: { delivery: Delivery }) {
  return <Badge tone={STATUS[status].tone}>{STATUS[status].words}</Badge>
}

export const DELIVERY_COLUMNS: DataColumn<Delivery>[] = [
  {
    id: 'when',
    header: 'When',
    width: '8rem',
    stacked: 'secondary',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'subject',
    header: 'Message',
    wrap: true,
    stacked: 'primary',
    cell: ({ subject }) => <span className="wrap-anywhere">{subject}</span>,
  },
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
        <span className="wrap-anywhere">
          {error}{' '}
          {nextAttemptAt !== null && (
            <span className="text-muted">
              Attempt {attempts}; tried again <RelativeTime at={nextAttemptAt} />.
            </span>
          )}
        </span>
      ),
  },
]
