import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'
import { afterEach, expect, test } from 'vitest'

import { joinEmbedded } from './join-server.ts'
import { startEmbedded } from './server.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdt-embedded-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function query(options: pg.ClientConfig, text: string): Promise<unknown[]> {
  const client = new pg.Client(options)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('data written before a stop is there after the next start', async () => {
  const folder = newFolder()
  const first = await startEmbedded(folder, () => undefined)
  await query(first.options, 'create table kept (n int); insert into kept values (7)')
  await first.stop()
  const second = await startEmbedded(folder, () => undefined)
  expect(await query(second.options, 'select n from kept')).toEqual([{ n: 7 }])
  await second.stop()
})

test('a data folder path of 200 characters works', async () => {
  const folder = newFolder()
  const long = join(folder, 'x'.repeat(200 - folder.length - 1))
  expect(long).toHaveLength(200)
  mkdirSync(long)
  const server = await startEmbedded(long, () => undefined)
  expect(await query(server.options, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('a second Metadeck on the folder is refused with a sentence, and the first goes on', async () => {
  const folder = newFolder()
  const first = await startEmbedded(folder, () => undefined)
  // The same process counts as another one here: the lock is held, whoever asks.
  await expect(startEmbedded(folder, () => undefined)).rejects.toThrow(
    /Another Metadeck \(process \d+\) is running on the data folder/,
  )
  expect(await query(first.options, 'select 1 as one')).toEqual([{ one: 1 }])
  await first.stop()
})

test('after kill -9 of Metadeck the next start ends the orphaned server and loses nothing', async () => {
  const folder = newFolder()
  const script = join(folder, 'holder.ts')
  const server = join(import.meta.dirname, 'server.ts')
  writeFileSync(
    script,
    `import { startEmbedded } from ${JSON.stringify(server)}
     const running = await startEmbedded(process.argv[2], () => undefined)
     process.stdout.write(JSON.stringify(running.options) + '\\n')
     setInterval(() => undefined, 1000)`,
  )
  const data = join(folder, 'data')
  mkdirSync(data)
  const holder = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  const options = JSON.parse(line.toString()) as pg.ClientConfig
  await query(options, 'create table kept (n int); insert into kept values (7)')
  const orphan = Number(readFileSync(join(data, 'db', 'postmaster.pid'), 'utf8').split('\n')[0])
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const next = await startEmbedded(data, () => undefined)
  expect(await query(next.options, 'select n from kept')).toEqual([{ n: 7 }])
  expect(Number(readFileSync(join(data, 'db', 'postmaster.pid'), 'utf8').split('\n')[0])).not.toBe(orphan)
  await next.stop()
})

test('a half-made cluster of an interrupted first start is made anew', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'db.new'))
  writeFileSync(join(folder, 'db.new', 'PG_VERSION'), '18')
  const server = await startEmbedded(folder, () => undefined)
  expect(await query(server.options, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('a further process joins the database that a live Metadeck runs, and leaves it running', async () => {
  const folder = newFolder()
  expect(await joinEmbedded(folder)).toBeNull()
  const server = await startEmbedded(folder, () => undefined)
  await query(server.options, 'create table kept (n int); insert into kept values (7)')
  const joined = await joinEmbedded(folder)
  expect(await query(joined ?? {}, 'select n from kept')).toEqual([{ n: 7 }])
  expect(await query(server.options, 'select n from kept')).toEqual([{ n: 7 }])
  await server.stop()
  expect(await joinEmbedded(folder)).toBeNull()
})
