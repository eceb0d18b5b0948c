import { ApiError } from '#api/client/api-error.ts'

/** A lost connection is waited for: the pause doubles up to the last one. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const
/** Failures on end after which it is given up: about four minutes. */
const TRIES_MAX = 20

export interface Patience {
  signal: AbortSignal
  /** Told when the connection is lost, and when it is back. */
  onWaiting: (waits: boolean) => void
}

/** Does it until it is done; only a server that says no ends that at once. Throws what it throws, or the signal's reason. */
export async function patiently<Result>(work: () => Promise<Result>, { signal, onWaiting }: Patience): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const result = await work()
      if (attempt > 0) onWaiting(false)
      return result
    } catch (error) {
      if (!isPassing(error) || attempt >= TRIES_MAX) throw error
      onWaiting(true)
      await pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0, signal)
    }
  }
}

/** True for what may be over soon: no connection, a server that restarts or has too much to do. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.code === 'network' || [429, 502, 503, 504].includes(error.status)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
