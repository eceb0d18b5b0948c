import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { AppError } from '../errors.ts'
import { openFolderStorage } from './folder.ts'

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(100_000)
  throw new Error('lost')
}

describe('a folder as a store', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mdt-store-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('gives back what was written, whole or a range of it, and its size', async () => {
    const storage = await openFolderStorage(folder)
    expect(await storage.write('a.xano', Readable.from([Buffer.from('hello '), Buffer.from('world')]))).toBe(11)
    const whole = await storage.read('a.xano')
    expect([whole.size, (await buffer(whole.stream)).toString()]).toEqual([11, 'hello world'])
    const part = await storage.read('a.xano', { start: 6, end: 8 })
    expect([part.size, (await buffer(part.stream)).toString()]).toEqual([11, 'wor'])
  })

  it('is private to the user that runs the server', async () => {
    const inner = join(folder, 'inner')
    const storage = await openFolderStorage(inner)
    await storage.write('a', Readable.from([Buffer.from('x')]))
    expect((await stat(inner)).mode & 0o777).toBe(0o700)
    expect((await stat(join(inner, 'a'))).mode & 0o777).toBe(0o600)
  })

  it('keeps nothing of a source that fails midway, and the old object stays', async () => {
    const storage = await openFolderStorage(folder)
    await storage.write('a', Readable.from([Buffer.from('old')]))
    await expect(storage.write('a', Readable.from(failing()))).rejects.toThrow('lost')
    expect(await readdir(folder)).toEqual(['a'])
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old')
  })

  it('shows no object under its name before the last byte is written', async () => {
    const storage = await openFolderStorage(folder)
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from('x')
      expect(await readdir(folder)).not.toContain('a')
    }
    await storage.write('a', Readable.from(slow()))
    expect(await readdir(folder)).toEqual(['a'])
  })

  it('leaves another process that opens the folder an object it is writing', async () => {
    const storage = await openFolderStorage(folder)
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from('x')
      await openFolderStorage(folder)
    }
    await storage.write('a', Readable.from(slow()))
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('x')
  })

  it('answers not_found for what is not there; deleting it is no error', async () => {
    const storage = await openFolderStorage(folder)
    await expect(storage.read('nothing')).rejects.toMatchObject({ code: 'not_found' } satisfies Partial<AppError>)
    await storage.delete('nothing')
  })

  it.each(['../a', 'a/b', '/a', '.a', '', 'a\\b', 'a\0b', 'a'.repeat(201)])('refuses the name %j', async (name) => {
    const storage = await openFolderStorage(folder)
    await expect(storage.write(name, Readable.from([Buffer.from('x')]))).rejects.toThrow('not valid')
    await expect(storage.read(name)).rejects.toThrow('not valid')
    await expect(storage.delete(name)).rejects.toThrow('not valid')
  })
})
