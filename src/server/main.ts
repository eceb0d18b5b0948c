import './heap.ts'
import { StartError } from './errors.ts'
import { start } from './start.ts'

/** Time a stop may take before the process ends all the same. */
const STOP_LIMIT_MS = 10_000

try {
  const running = await start(process.env)
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.stdout.write(`Metadeck is ready at ${running.url}\n`)
  if (running.setupLink !== null) {
    process.stdout.write(`There is no owner yet. Set it up with this link, good for one use: ${running.setupLink}\n`)
  }
} catch (error) {
  const isExpected = error instanceof StartError
  process.stderr.write(
    isExpected ? `Metadeck could not start. ${error.message}\n` : `${String((error as Error).stack)}\n`,
  )
  process.exit(isExpected ? 2 : 1)
}
