import { resolve } from 'node:path'

/** What a command knows of the shell that runs it. */
export interface Surroundings {
  env: Record<string, string | undefined>
  /** Names of files are meant from where the person stands, also where npm has gone elsewhere. */
  pathOf: (file: string) => string
  /** Shows how far it is, on a terminal only; an empty line takes it away. */
  progress: (line: string) => void
  /** A sentence beside the result, on standard error. */
  note: (line: string) => void
  /** Aborted by an interrupt. */
  signal: AbortSignal
}

/** The real ones. */
export function surroundingsOf(process: NodeJS.Process, signal: AbortSignal): Surroundings {
  const { env, stderr } = process
  const start = env['npm_lifecycle_event'] === 'metadeck' ? (env['INIT_CWD'] ?? process.cwd()) : process.cwd()
  let isShown = false
  const progress = (line: string): void => {
    if (!stderr.isTTY || (line === '' && !isShown)) return
    // Back to the beginning of the line, and clear it.
    stderr.write(`\r\u{1B}[2K${line.slice(0, stderr.columns - 1)}`)
    isShown = line !== ''
  }
  return {
    env,
    signal,
    pathOf: (file) => resolve(start, file),
    progress,
    note(line) {
      progress('')
      stderr.write(`${line}\n`)
    },
  }
}
