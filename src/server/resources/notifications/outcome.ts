import type { NotificationPayload } from '#api/contract/notifications.ts'

/** How sending went, in words that hold no secret and nothing of what the other side answered but its code. */
export type Outcome =
  | {
      isDelivered: true
      message: string
      /** What went wrong beside: addresses that were refused. */
      warning: string | null
    }
  | {
      isDelivered: false
      message: string
      /** True where trying again would only repeat it. */
      isFinal: boolean
    }

/** What is sent. */
export interface Outgoing {
  /** The same for every attempt: by it a receiver knows a message that it got before. */
  deliveryId: string
  payload: NotificationPayload
}

/** How it is sent. */
export interface Sending {
  version: string
  now: () => Date
  /** Ends the attempt: the process stops. */
  signal?: AbortSignal | undefined
  /** For the whole of an attempt. */
  timeoutMs?: number | undefined
}
