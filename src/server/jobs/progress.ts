/** Figures reach the database and the screens at most this often. */
const INTERVAL_MS = 250

/** Writes the newest of many states, now and then. */
export interface Progress<Patch> {
  /** Notes a state; what is noted before the last one was written is merged. */
  note(patch: Patch): void
  /** Writes nothing more; resolves when what is being written is done. */
  stop(): Promise<void>
}

/** `write` is never called twice at a time; an error of its is told to `onError` and otherwise ignored. */
export function createProgress<Patch extends object>(
  write: (patch: Patch) => Promise<void>,
  onError: (error: unknown) => void,
): Progress<Patch> {
  let pending: Patch | undefined
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let isStopped = false

  const flush = (): void => {
    timer = undefined
    const patch = pending
    pending = undefined
    if (patch === undefined || isStopped) return
    writing = write(patch)
      .catch(onError)
      .then(() => {
        if (pending !== undefined && !isStopped) timer ??= setTimeout(flush, INTERVAL_MS)
      })
  }

  return {
    note(patch) {
      if (isStopped) return
      pending = { ...pending, ...patch }
      timer ??= setTimeout(flush, INTERVAL_MS)
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await writing
    },
  }
}
