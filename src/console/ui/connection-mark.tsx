import { cx } from '#console/lib/cx.ts'

import { Tooltip } from './tooltip.tsx'

export type ConnectionState = 'live' | 'polling' | 'offline'

const look: Record<ConnectionState, { word: string; text: string; dot: string; note: string }> = {
  live: { word: 'Live', text: 'text-muted', dot: 'bg-success', note: 'Changes appear as they happen.' },
  polling: {
    word: 'Polling',
    text: 'text-warning',
    dot: 'border-[1.5px] border-warning',
    note: 'No live connection; asking every few seconds instead.',
  },
  offline: {
    word: 'Offline',
    text: 'text-danger',
    dot: 'bg-danger rounded-none!',
    note: 'The server does not answer. What you see may be old.',
  },
}

export interface ConnectionMarkProps {
  state: ConnectionState
  /** Replaces the usual explanation on hover. */
  note?: string | undefined
}

/** Whether what is on screen is current; a dot whose shape differs as well as its colour, and where there is room a word. */
export function ConnectionMark({ state, note }: ConnectionMarkProps) {
  const { word, text, dot, note: usualNote } = look[state]
  return (
    <Tooltip content={note ?? usualNote} side="bottom">
      <output className={cx('inline-flex items-center gap-1.5 text-sm whitespace-nowrap', text)}>
        <span aria-hidden className={cx('size-2 rounded-full', dot)} />
        <span className="max-sm:sr-only">{word}</span>
      </output>
    </Tooltip>
  )
}
