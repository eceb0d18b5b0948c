import { createContext, use, useEffect, useEffectEvent, useRef } from 'react'

import type { ServerEvents } from '#console/data/events.ts'

type Connection = ReturnType<ServerEvents['status']>

/** How the console's socket does; `connecting` where there is no frame. */
export const ConnectionContext = createContext<Connection>('connecting')

const isDown = (connection: Connection): boolean => connection === 'polling' || connection === 'offline'

/** Tries again by itself as soon as a server that was away is back; tells whether it is away. */
export function useRetryWhenLive(retry: () => void): { isAway: boolean } {
  const connection = use(ConnectionContext)
  const wasDown = useRef(false)
  const onLive = useEffectEvent(retry)

  useEffect(() => {
    if (connection === 'live' && wasDown.current) onLive()
    wasDown.current = isDown(connection)
  }, [connection])

  return { isAway: isDown(connection) }
}

export const AWAY_ADVICE = 'It is tried again by itself as soon as the server answers.'
