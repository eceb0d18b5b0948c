import { useEffect, useSyncExternalStore } from 'react'

import type { ServerEvents } from '#console/data/events.ts'

/** Holds the console's socket while the frame is on screen, and tells how that goes. */
export function useServerEvents(events: ServerEvents) {
  useEffect(() => events.start(), [events])
  return useSyncExternalStore(events.subscribe, events.status)
}
