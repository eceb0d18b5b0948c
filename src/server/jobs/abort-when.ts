/** What may end some work in the middle. */
export interface Watch {
  everyMs: number
  /** Why it has to end; undefined where it may go on. A look that fails says nothing: the next one comes. */
  look: () => Promise<Error | undefined>
}

/**
 * Looks, and then runs `work`, looking again from time to time, with a signal that is aborted with what a look found, or
 * with the reason of `signal`. Throws that reason, in whatever words what was broken by it tells of it.
 */
export async function abortWhen<Result>(
  signal: AbortSignal,
  { everyMs, look }: Watch,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  const lookOnce = async (): Promise<void> => {
    const reason = await look()
    if (reason !== undefined) ending.abort(reason)
  }
  await lookOnce()
  const timer = setInterval(() => void lookOnce().catch(() => undefined), everyMs)
  try {
    either.throwIfAborted()
    return await work(either)
  } catch (error) {
    throw either.aborted ? either.reason : error
  } finally {
    clearInterval(timer)
  }
}
