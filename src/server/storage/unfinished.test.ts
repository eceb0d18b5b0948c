import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { removeUnfinished, unfinishedName } from './unfinished.ts'

const DAY_MS = 86_400_000

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mdt-unfinished-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function leave(name: string, ageMs = 0): Promise<string> {
  const at = new Date(Date.now() - ageMs)
  await writeFile(join(folder, name), 'half')
  await utimes(join(folder, name), at, at)
  return name
}

async function left(): Promise<string[]> {
  await removeUnfinished(folder, '.half-')
  return (await readdir(folder)).toSorted()
}

test('what a process left that is gone is removed at once; what a running one writes stays', async () => {
  const own = unfinishedName('.half-')
  const { pid } = spawnSync(process.execPath, ['--version'])
  await leave(own.replace(`-${process.pid}-`, `-${pid}-`))
  await leave(own)
  expect(await left()).toEqual([own])
})

test('what a process elsewhere left is removed when nobody has written to it for a day', async () => {
  await leave('.half-0123456789ab-1-old', DAY_MS + 60_000)
  await leave('.half-of-an-older-release', DAY_MS + 60_000)
  const young = [
    await leave('.half-0123456789ab-1-young', DAY_MS - 60_000),
    await leave('.half-of-a-younger-one', DAY_MS - 60_000),
  ]
  expect(await left()).toEqual(young)
})

test('other files stay, and a folder that is not there is no error', async () => {
  await leave('whole', 2 * DAY_MS)
  expect(await left()).toEqual(['whole'])
  await removeUnfinished(join(folder, 'none'), '.half-')
})
