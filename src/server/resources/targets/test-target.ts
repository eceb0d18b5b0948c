import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import type { TargetTest } from '#api/contract/targets.ts'

import type { Deps } from '../../deps.ts'
import { failureOf } from '../../jobs/run.ts'
import type { Storage } from '../../storage/storage.ts'
import { refused, unreachable } from '../../storage/target-failure.ts'

/** A store that says nothing for this long has failed the test, whatever it would say later. */
const PATIENCE_MS = 30_000

type Step = TargetTest['steps'][number]

/**
 * Proves that a store can be used for archives: writes a small object, reads it back and compares it, deletes it. What
 * was written is deleted also where it could not be read. Never throws.
 */
export async function testStorage(
  open: () => Promise<Storage>,
  { now, log, patienceMs = PATIENCE_MS }: { now: Date; log: Deps['log']; patienceMs?: number },
): Promise<TargetTest> {
  const startedAt = performance.now()
  const name = `metadeck-test-${randomUUID()}`
  const text = `Metadeck wrote this on ${now.toISOString()} to test this place. It may be deleted.\n`
  const steps: Step[] = []
  const step = async (kind: Step['step'], work: () => Promise<string>): Promise<boolean> => {
    const result = await within(work(), patienceMs).then(
      (message) => ({ step: kind, ok: true, message }),
      (error: unknown) => {
        log.warn({ err: error, step: kind }, 'a target failed its test')
        return { step: kind, ok: false, message: failureOf(error).message }
      },
    )
    steps.push(result)
    return result.ok
  }
  let storage: Storage | undefined
  const isWritten = await step('write', async () => {
    storage = await open()
    const ms = await timed(async () => void (await storage?.write(name, Readable.from([Buffer.from(text)]))))
    return `Wrote a small object in ${ms} ms.`
  })
  if (isWritten && storage !== undefined) {
    const opened = storage
    const isRead = await step('read', () => readBack(opened, name, text))
    const remove = async (): Promise<string> => `Deleted it in ${await timed(() => opened.delete(name))} ms.`
    if (isRead) await step('delete', remove)
    else await within(remove(), patienceMs).catch(() => undefined)
  }
  return {
    ok: steps.length === 3 && steps.every(({ ok }) => ok),
    at: now.toISOString(),
    ms: Math.round(performance.now() - startedAt),
    steps,
  }
}

async function readBack(storage: Storage, name: string, text: string): Promise<string> {
  let read = ''
  const ms = await timed(async () => {
    const { size, stream } = await storage.read(name)
    // Whatever else is there is not read: it may have no end.
    if (size === Buffer.byteLength(text)) read = (await buffer(stream)).toString()
    else stream.destroy()
  })
  if (read !== text)
    throw refused('not_a_store', 'What was read back is not what was written. Archives would be lost there.')
  return `Read it back in ${ms} ms: it is what was written.`
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return Math.round(performance.now() - startedAt)
}

/** A network share that hangs never answers a call; the call is left alone then. */
async function within<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unreachable(`There was no answer within ${ms / 1_000} s.`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
