/**
 * Waits for `promise`, and no longer once the signal is aborted: then its reason is thrown, and what `promise` comes to
 * later is handed to `discard`.
 */
export function unlessAborted<Value>(
  signal: AbortSignal,
  promise: Promise<Value>,
  discard: (late: Value) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error)
      promise.then(discard, () => undefined)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
