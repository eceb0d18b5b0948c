import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const OWNER = { email: 'owner@example.com', password: 'correct horse battery' }

const MAIN = join(import.meta.dirname, '..', 'src', 'server', 'main.ts')
/** As of `npm start`: the server is compiled once. */
export const COMPILED = join(import.meta.dirname, '..', 'node_modules', '.cache', 'node')
/** How long a fixture may take to start one: on a crowded machine, longer than any test. */
export const START_LIMIT_MS = 180_000
const READY = /Metadeck is ready at (\S+)/
const SETUP = /good for one use: (\S+)/

export interface Server {
  url: string
  /** The printed one-time link; null when the owner came from the environment. */
  setupLink: string | null
  /** Its data, for commands that are run beside it. */
  dataDir: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts the real program on a free port and a data folder of its own, which `stop` removes. */
export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mde-'))
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: COMPILED,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const needsSetup = env['METADECK_OWNER_EMAIL'] === undefined
  const printed = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (READY.test(text) && (!needsSetup || SETUP.test(text))) resolve(text)
    })
    child.on('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready`)))
  })
  return {
    url: READY.exec(printed)?.[1] ?? '',
    setupLink: SETUP.exec(printed)?.[1] ?? null,
    dataDir,
    process: child,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A server whose owner is `OWNER`. */
export function startOwnedServer(): Promise<Server> {
  return startServer({ METADECK_OWNER_EMAIL: OWNER.email, METADECK_OWNER_PASSWORD: OWNER.password })
}

/** The same at a host name instead of an IP address, as passkeys need it, and providers that are to be another site. */
export async function startNamedServer(): Promise<Server> {
  const port = String(await freePort())
  return startServer({
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    METADECK_OWNER_EMAIL: OWNER.email,
    METADECK_OWNER_PASSWORD: OWNER.password,
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
