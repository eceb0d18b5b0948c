import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')
const READY = /^Metadeck is ready at (http:\/\/127\.0\.0\.1:\d+)$/m
const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
const KEPT = { PATH, HOME, NODE_COMPILE_CACHE }
const children: ChildProcess[] = []
const folders: string[] = []

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

afterAll(() => {
  if (made !== undefined) rmSync(made, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdt-main-'))
  folders.push(folder)
  return folder
}

let made: string | undefined

/** One that a process was started on and ended, with no owner: for tests in which the first start has no part. */
async function madeFolder(): Promise<string> {
  if (made === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'mdt-main-'))
    made = folder
    const first = run({ DATA_DIR: folder })
    await first.printed(READY)
    first.child.kill('SIGTERM')
    await first.ended
  }
  return made
}

interface Run {
  child: ChildProcess
  /** Resolves with all of standard output once it holds the pattern. */
  printed(pattern: RegExp): Promise<string>
  ended: Promise<{ code: number | null; stderr: string; stdout: string }>
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...KEPT, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return {
    child,
    async printed(pattern) {
      while (!pattern.test(stdout)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${stderr}`)
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
      }
      return stdout
    },
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stderr, stdout })),
  }
}

const urlOf = (text: string): string => READY.exec(text)?.[1] ?? ''

test('it prints its address and, with no owner, a one-time link; SIGTERM ends it with 0', async () => {
  const first = run({ DATA_DIR: newFolder() })
  const text = await first.printed(/setup#\S+/)
  const url = urlOf(text)
  expect(text).toContain(`${url}/setup#`)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0, stderr: '' })
})

test('SIGTERM ends it with 0 although a connection says nothing and another one stays open', async () => {
  const first = run({ DATA_DIR: await madeFolder() })
  const url = new URL(urlOf(await first.printed(READY)))
  const silent = connect(Number(url.port), url.hostname)
  const half = connect(Number(url.port), url.hostname)
  for (const socket of [silent, half]) socket.on('error', () => undefined)
  await once(half, 'connect')
  half.write('GET /healthz HTTP/1.1\r\n')
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0 })
})

test('with an owner in the environment there is no link, and nothing secret is printed', async () => {
  const owner = { METADECK_OWNER_EMAIL: 'a@example.com', METADECK_OWNER_PASSWORD: 'correct horse battery' }
  const first = run({ DATA_DIR: newFolder(), LOG_LEVEL: 'trace', ...owner })
  const url = urlOf(await first.printed(READY))
  const reply = await fetch(`${url}/api:console/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'a@example.com', password: 'correct horse battery' }),
  })
  expect(reply.status).toBe(200)
  const cookie = reply.headers.get('set-cookie')?.split(';')[0]?.split('=')[1] ?? ''
  await fetch(`${url}/api:console/session`, {
    headers: { cookie: `metadeck_session=${cookie}`, authorization: 'Bearer mdk_wrong' },
  })
  first.child.kill('SIGTERM')
  const { stdout, stderr } = await first.ended
  expect(cookie.length).toBeGreaterThan(20)
  for (const secret of [cookie, 'correct horse', 'mdk_wrong']) expect(stdout + stderr).not.toContain(secret)
  expect(stdout).not.toContain('setup#')
})

test('a taken port ends the start with a sentence and exit code 2, and leaves no database behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const folder = newFolder()
  const { code, stderr } = await run({ DATA_DIR: folder, PORT: String((taken.address() as AddressInfo).port) }).ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/^Metadeck could not start\. Port \d+ on 127\.0\.0\.1 is taken by another program\. .*\n$/)
  expect(() => readFileSync(join(folder, 'db', 'postmaster.pid'))).toThrow()
  taken.close()
})

test('a DATA_DIR that cannot be written ends the start with a sentence and exit code 2', async () => {
  const file = join(newFolder(), 'a-file')
  writeFileSync(file, '')
  const { code, stderr } = await run({ DATA_DIR: join(file, 'data') }).ended
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^Metadeck could not start\. The data folder \S+ cannot be written \(ENOTDIR\)\. .*\n$/),
  ])
})

test('a wrong DATABASE_URL ends the start with a sentence and exit code 2, without the password', async () => {
  const wrong = run({ DATA_DIR: newFolder(), DATABASE_URL: 'postgresql://user:hunter2@127.0.0.1:9/nothing' })
  const { code, stderr } = await wrong.ended
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^Metadeck could not start\. The database at 127\.0\.0\.1:9\/nothing cannot be used: .*ECONNREFUSED.*\n$/,
  )
  expect(stderr).not.toContain('hunter2')
})

test('a second process on the folder is refused with exit code 2 and the first goes on', async () => {
  const folder = await madeFolder()
  const first = run({ DATA_DIR: folder })
  const url = urlOf(await first.printed(READY))
  const { code, stderr } = await run({ DATA_DIR: folder }).ended
  expect([code, stderr]).toEqual([2, expect.stringContaining('Another Metadeck')])
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

test('after kill -9 the next start works and knows what was written', async () => {
  const folder = newFolder()
  const owner = { METADECK_OWNER_EMAIL: 'a@example.com', METADECK_OWNER_PASSWORD: 'correct horse battery' }
  const first = run({ DATA_DIR: folder, ...owner })
  await first.printed(READY)
  first.child.kill('SIGKILL')
  await first.ended
  const second = run({ DATA_DIR: folder })
  const url = urlOf(await second.printed(READY))
  expect(await (await fetch(`${url}/api:console/setup`)).json()).toEqual({ needed: false })
})
