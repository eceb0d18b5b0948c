import { AppError } from '../../errors.ts'

const RETRY_SECONDS = 10

/** Places for work of which only so much may run at a time. */
export interface Slots {
  /**
   * Takes a place, waiting a while where none is free; throws `too_many_requests` then. What it answers gives the
   * place back; calling that again does nothing.
   */
  take(): Promise<() => void>
}

/** `count` places; who finds none waits up to `waitMs`, first come, first served. `refusal` is what is said then. */
export function createSlots(count: number, waitMs: number, refusal: string): Slots {
  const waiting = new Set<() => void>()
  let free = count

  function give(): () => void {
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      const [next] = waiting
      if (next === undefined) free += 1
      else next()
    }
  }

  return {
    async take() {
      if (free > 0) {
        free -= 1
        return give()
      }
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          clearTimeout(timer)
          waiting.delete(go)
          resolve()
        }
        const timer = setTimeout(() => {
          waiting.delete(go)
          reject(new AppError('too_many_requests', refusal, { retryAfterSeconds: RETRY_SECONDS }))
        }, waitMs)
        waiting.add(go)
      })
      return give()
    },
  }
}
