import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Backup } from '#api/contract/backups.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { readConfig } from '../config.ts'
import { openSharedDatabase } from '../db/open-database.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { runCommandLine } from './run.ts'
import type { Surroundings } from './surroundings.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const SERVER = join(import.meta.dirname, '..', 'main.ts')
const OWNER = { METADECK_OWNER_EMAIL: 'owner@example.com', METADECK_OWNER_PASSWORD: 'correct horse battery' }
const PASSWORD = 'battery staple horse'
const ID = { name: 'id', type: 'int' } as const

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

const folder = mkdtempSync(join(tmpdir(), 'mdt-cli-'))
const data = join(folder, 'data')
const passwordFile = join(folder, 'password')
const wrongFile = join(folder, 'wrong')
let token = ''
let url = ''
let server: ChildProcess | undefined

function environment(env: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, DATA_DIR: data, NODE_COMPILE_CACHE: join(folder, 'compiled'), ...env }
}

/** Runs a command line in this process; `spawned` is the same from outside, for what only that shows. */
async function metadeck(args: string[], env: Record<string, string> = {}, interrupt?: AbortController): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  const around: Surroundings = {
    env: environment(env),
    pathOf: (file) => resolve(folder, file),
    progress: () => interrupt?.abort(),
    note: (line) => (stderr += `${line}\n`),
    signal: (interrupt ?? new AbortController()).signal,
  }
  const code = await runCommandLine(args, around, (text) => (stdout += `${text}\n`))
  return { code, stdout, stderr }
}

/** Runs the command as a shell does. */
async function spawned(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: environment(env),
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** The same with `--json`: its one document. */
async function document<Result>(
  args: string[],
  env?: Record<string, string>,
  run: (args: string[], env?: Record<string, string>) => Promise<Ended> = metadeck,
): Promise<[number | null, Result]> {
  const { code, stdout, stderr } = await run([...args, '--json'], env)
  if (stdout === '') throw new Error(`nothing was printed: ${stderr}`)
  return [code, JSON.parse(stdout) as Result]
}

async function startServer(): Promise<void> {
  const child = spawn(process.execPath, [SERVER], {
    env: environment({ PORT: '0', LOG_LEVEL: 'warn', ...OWNER }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server = child
  let text = ''
  while (!text.includes('\n')) text += String((await once(child.stdout, 'data'))[0])
  url = /http:\S+/.exec(text)?.[0] ?? ''
}

async function stopServer(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}

/** Works on the database beside whatever runs on it. */
async function inDatabase<Result>(
  work: (connection: Awaited<ReturnType<typeof openSharedDatabase>>['connection']) => Promise<Result>,
): Promise<Result> {
  const database = await openSharedDatabase(readConfig({ DATA_DIR: data }), () => undefined)
  try {
    return await work(database.connection)
  } finally {
    await database.close()
  }
}

const tokensNamed = (name: string): Promise<unknown[]> =>
  inDatabase(({ db }) => db.selectFrom('access_token').select('id').where('name', '=', name).execute())

beforeAll(async () => {
  mkdirSync(data)
  writeFileSync(passwordFile, `${PASSWORD}\n`)
  writeFileSync(wrongFile, 'another one\n')
  await startServer()
  await inDatabase(async (connection) => {
    const shop = await makeWorkspace(connection, 'Shop', [
      { name: 'order', columns: [ID, { name: 'note', type: 'text' }] },
    ])
    await connection.pool.query(
      `insert into w${shop}_live."order" (note) select 'n' || n from generate_series(1, 30) n`,
    )
    const input = { name: 'ci', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
    token = (await insertToken(connection.db, input, null, new Date())).secret
  })
}, 60_000)

afterAll(async () => {
  await stopServer()
  rmSync(folder, { recursive: true, force: true })
})

describe('beside a server that runs on the same data', () => {
  it('a backup is made and verified, no credential stays, and the server goes on', async () => {
    const [code, backup] = await document<Backup>(['backup', '--workspace', 'shop'], {}, spawned)
    expect([code, backup.status, backup.rows]).toEqual([0, 'succeeded', 30])
    expect(await tokensNamed('Metadeck command line')).toEqual([])
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('an owner who lost everything gets a link that the server takes, and nobody over HTTP gets one', async () => {
    const args = ['recover-owner', '--email', 'Owner@example.com']
    const [code, made] = await document<{ link: string; email: string }>([...args, '--reset-two-step'], {}, spawned)
    expect([code, made]).toMatchObject([0, { email: 'owner@example.com', resetsTwoStep: true }])
    const look = await fetch(`${url}/api:console/recovery/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: made.link.split('#')[1] }),
    })
    expect([look.status, await look.json()]).toMatchObject([200, { email: made.email, resetsTwoStep: true }])
    expect((await metadeck(args, { METADECK_URL: url, METADECK_TOKEN: token })).code).toBe(2)
    expect((await metadeck(['recover-owner'])).code).toBe(2)
  })

  it('what is not there is told with exit code 4', async () => {
    const [code, failure] = await document(['backup', '--workspace', 'No such'])
    expect([code, failure]).toEqual([4, { error: { code: 'not_found', message: 'There is no workspace "No such".' } }])
  })
})

describe('over HTTP, with METADECK_URL', () => {
  const remote = (): Record<string, string> => ({
    METADECK_URL: url,
    METADECK_TOKEN: token,
    DATA_DIR: join(folder, 'nothing here'),
  })

  it('an encrypted backup is saved as a file, which a local check proves; a damaged copy is disproven', async () => {
    const file = join(folder, 'shop.xano')
    const args = ['backup', '--workspace', '1', '--password-file', 'password', '--output', 'shop.xano']
    const [code, backup] = await document<Backup>(args, remote(), spawned)
    expect([code, backup.encrypted]).toEqual([0, true])
    expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([backup.bytes, 0o600])
    expect(existsSync(`${file}.part`)).toBe(false)

    const check = ['verify', '--file', file]
    expect(await document([...check, '--password-file', passwordFile])).toMatchObject([
      0,
      { status: 'proven', encrypted: true, summary: { rows: 30 } },
    ])
    expect((await metadeck(check, { METADECK_BACKUP_PASSWORD: PASSWORD })).code).toBe(0)
    expect(await document([...check, '--password-file', wrongFile])).toMatchObject([
      4,
      { error: { code: 'wrong_password' } },
    ])
    const bytes = readFileSync(file)
    const damaged = join(folder, 'damaged.xano')
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 1, bytes.length - 200)
    writeFileSync(damaged, bytes)
    expect(await document(['verify', '--file', damaged, '--password-file', passwordFile])).toMatchObject([
      3,
      { status: 'disproven', failure: { code: 'bad_archive' } },
    ])
  })

  it('an archive file is uploaded and restored into a new workspace; a damaged one is refused', async () => {
    const args = ['restore', '--file', 'shop.xano', '--into-new', 'Brought', '--password-file', passwordFile]
    expect(await document(args, remote())).toMatchObject([0, { status: 'succeeded' }])
    const damaged = ['restore', '--file', 'damaged.xano', '--into-new', 'Never', '--password-file', passwordFile]
    expect(await document(damaged, remote())).toMatchObject([1, { error: { code: 'bad_archive' } }])
  })

  it('a token that is not valid is refused with 4, a server that is not there fails with 1', async () => {
    expect((await metadeck(['list'], { ...remote(), METADECK_TOKEN: 'mdk_wrong' })).code).toBe(4)
    expect((await metadeck(['list'], { ...remote(), METADECK_URL: 'http://127.0.0.1:1' })).code).toBe(1)
    expect((await metadeck(['list'], { METADECK_URL: url })).code).toBe(2)
  })
})

describe('with no server running', () => {
  let id = ''

  beforeAll(async () => {
    await stopServer()
  })

  it('two commands at once share the database that the first of them starts', async () => {
    const ended = await Promise.all([
      spawned(['backup', '--workspace', 'Shop', '--password-file', passwordFile]),
      spawned(['list']),
    ])
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(existsSync(join(data, 'db', 'postmaster.pid'))).toBe(false)
  })

  it('the list is one JSON document, or aligned lines', async () => {
    const [code, { items }] = await document<{ items: Backup[] }>(['list', '--workspace', 'Shop'])
    expect([code, items.map(({ status }) => status)]).toEqual([0, ['succeeded', 'succeeded', 'succeeded']])
    id = String(items[0]?.id)
    const { stdout } = await metadeck(['list', '--limit', '1'])
    expect(stdout).toMatch(/^ID +CREATED +WORKSPACE .*\n\d+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +Shop/)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
  })

  it('an owner is recovered all the same, and one who does not exist is told the owners, masked', async () => {
    const { code, stdout } = await metadeck(['recover-owner', '--email', 'owner@example.com'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^link: +http:\/\/127\.0\.0\.1:4000\/recovery#\S{30,}$/m)
    const other = await metadeck(['recover-owner', '--email', 'nobody@example.com'])
    expect([other.code, other.stdout, other.stderr]).toEqual([4, '', expect.stringContaining('o…@example.com')])
    expect(other.stderr).not.toContain('owner@example.com')
    // A link that leads nowhere would have taken the place of the one above.
    const portless = await metadeck(['recover-owner', '--email', 'owner@example.com'], { PORT: '0' })
    expect([portless.code, portless.stdout, portless.stderr]).toEqual([2, '', expect.stringContaining('PUBLIC_URL')])
  })

  it('a stored backup is verified, with its password by content', async () => {
    expect(await document(['verify', id])).toMatchObject([0, { verification: { status: 'proven', depth: 'bytes' } }])
    expect(await document(['verify', id, '--password-file', passwordFile])).toMatchObject([
      0,
      { verification: { status: 'proven', depth: 'content' } },
    ])
    expect((await metadeck(['verify', '99999'])).code).toBe(4)
  })

  it('a restore makes a workspace, or replaces a confirmed one; refusals change nothing', async () => {
    const restore = ['restore', '--backup', id, '--password-file', passwordFile]
    expect(await document([...restore, '--into-new', 'Copy'])).toMatchObject([0, { status: 'succeeded' }])
    expect(await document([...restore, '--into', 'Copy', '--confirm', 'Copy', '--table', 'order'])).toMatchObject([
      0,
      { status: 'succeeded', tables: ['order'] },
    ])
    const some = ['--into', 'Copy', '--confirm', 'Copy', '--table', 'order', '--rows', 'missing']
    expect(await document([...restore, ...some])).toMatchObject([0, { scope: { tables: ['order'], rows: 'missing' } }])
    expect((await metadeck([...restore, '--into', 'Copy', '--confirm', 'Cop'])).code).not.toBe(0)
    const wrong = await metadeck(['restore', '--backup', id, '--into-new', 'No', '--password-file', wrongFile])
    expect([wrong.code, wrong.stderr]).toEqual([4, expect.stringContaining('password does not open')])
    expect(wrong.stdout + wrong.stderr).not.toContain('another one')
  })

  it('a diff tells what a restore would change', async () => {
    const [code, diff] = await document<{ same: boolean }>([
      'diff',
      id,
      '--workspace',
      'Shop',
      '--password-file',
      passwordFile,
    ])
    expect([code, diff.same]).toEqual([0, true])
  })

  it('a password file that is missing or empty is exit code 2, before anything is begun', async () => {
    const args = ['backup', '--workspace', 'Shop', '--password-file']
    writeFileSync(join(folder, 'empty'), '\nsecond line\n')
    for (const file of ['no such file', 'empty']) {
      const { code, stdout, stderr } = await metadeck([...args, file])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(`The password file ${file}`)
    }
  })

  it('a file that cannot be written fails the command, although the backup is made', async () => {
    mkdirSync(join(folder, 'taken.xano'))
    const { code, stderr } = await metadeck(['backup', '--workspace', 'Shop', '--output', 'taken.xano'])
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^metadeck: Backup \d+ is made, but .*taken\.xano could not/),
    ])
    expect(existsSync(join(folder, 'taken.xano.part'))).toBe(false)
  })

  it('an interrupt cancels the run that was begun', async () => {
    const interrupt = new AbortController()
    const { code, stderr } = await metadeck(['backup', '--workspace', 'Shop'], {}, interrupt)
    expect([code, stderr]).toEqual([1, 'metadeck: Interrupted. The run was cancelled.\n'])
    const [, { items }] = await document<{ items: Backup[] }>(['list', '--limit', '1'])
    expect(items).toMatchObject([{ status: 'cancelled' }])
  })

  it('a folder without a Metadeck is refused with 2, and stays empty', async () => {
    const empty = join(folder, 'empty folder')
    mkdirSync(empty)
    for (const env of [{}, { DATABASE_URL: 'postgres://127.0.0.1:1/none' }]) {
      const { code, stderr } = await metadeck(['list'], { DATA_DIR: empty, ...env })
      expect([code, stderr]).toEqual([2, expect.stringContaining(`There is no Metadeck in ${empty}`)])
    }
    expect(readdirSync(empty)).toEqual([])
  })
})
