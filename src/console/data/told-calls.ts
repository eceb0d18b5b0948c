/** What is done about a call that ended. */
export interface ToldOutcome<Data> {
  /**
   * Called once for each call that succeeded, wherever its part is by then. `isShown` is false where the part is off the
   * screen, or where another call has taken this one's place: then nothing may be opened, closed or gone to for it.
   */
  onSuccess?: ((data: Data, isShown: boolean) => void) | undefined
  /** The same for a failure; where `isShown`, the part shows it. */
  onError?: ((error: unknown, isShown: boolean) => void) | undefined
}

/** Follows the calls of one part of the page to their end, also those that the part does not live to see. */
export function createToldCalls() {
  let isOnScreen = false
  let latest = 0

  async function follow<Data>(
    call: Promise<Data>,
    { onSuccess, onError }: ToldOutcome<Data>,
    forget: () => void = () => {},
  ): Promise<void> {
    latest += 1
    const mine = latest
    const isShown = () => isOnScreen && mine === latest
    let data: Data
    try {
      data = await call
    } catch (error) {
      onError?.(error, isShown())
      return
    }
    const wasShown = isShown()
    if (wasShown) forget()
    onSuccess?.(data, wasShown)
  }

  return {
    /** The part is on the screen until the returned function is called. */
    enter: () => {
      isOnScreen = true
      return () => {
        isOnScreen = false
      }
    },
    /** The part shows nothing of the last call any more. */
    giveUp: () => {
      latest += 1
    },
    /**
     * `forget` drops what the part still has of a call that succeeded; of one that is not shown it has nothing any more.
     * Resolves when the call's end is told; rejects only by a fault in what is done about it.
     */
    follow,
  }
}
