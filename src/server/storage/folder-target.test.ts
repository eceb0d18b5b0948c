import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openFolderTarget, prepareFolderTarget, requireTargetPath, tryFolderTarget } from './folder-target.ts'

const MARKER = '.metadeck-target'
const x = (): Readable => Readable.from([Buffer.from('x')])

describe('a folder that people chose as a target', () => {
  let base: string
  let folder: string

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'mdt-target-'))
    folder = join(base, 'mnt', 'backups')
  })
  afterEach(() => rm(base, { recursive: true, force: true }))

  it('is made and marked, and keeps what is written to it', async () => {
    await prepareFolderTarget(folder)
    const storage = await openFolderTarget(folder)
    expect(await storage.write('a.xano', x())).toBe(1)
    expect((await buffer((await storage.read('a.xano')).stream)).toString()).toBe('x')
    expect(await storage.size('a.xano')).toBe(1)
    expect(await storage.size('b.xano')).toBe(null)
    await expect(storage.read('b.xano')).rejects.toMatchObject({ code: 'not_found' })
    await storage.delete('a.xano')
    await storage.delete('a.xano')
    expect(await readdir(folder)).toEqual([MARKER])
  })

  it('is not written to while its disk is not mounted, and is found again when it is', async () => {
    await prepareFolderTarget(folder)
    const storage = await openFolderTarget(folder)
    await storage.write('a', x())
    await rename(folder, join(base, 'unplugged'))
    const expected = { code: 'not_ready', payload: { reason: 'target_unreachable' } }
    for (const isThere of [false, true]) {
      if (isThere) await mkdir(folder)
      const source = x()
      await expect(storage.write('b', source)).rejects.toMatchObject(expected)
      expect(source.destroyed).toBe(true)
      await expect(storage.read('a')).rejects.toMatchObject(expected)
      await expect(storage.size('a')).rejects.toMatchObject(expected)
      await expect(storage.delete('a')).rejects.toMatchObject(expected)
      await expect((await openFolderTarget(folder)).write('b', x())).rejects.toMatchObject(expected)
    }
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
    await rename(join(base, 'unplugged'), folder)
    expect(await storage.size('a')).toBe(1)
  })

  it('that vanishes in the middle of a write can be tried again, and nothing of it is left', async () => {
    await prepareFolderTarget(folder)
    const storage = await openFolderTarget(folder)
    async function* pulled(): AsyncGenerator<Buffer> {
      yield Buffer.from('x')
      await rename(folder, join(base, 'unplugged'))
    }
    await expect(storage.write('a', Readable.from(pulled()))).rejects.toMatchObject({ code: 'not_ready' })
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })

  it('leaves the failure of a source as it is', async () => {
    await prepareFolderTarget(folder)
    const storage = await openFolderTarget(folder)
    const lost = Object.assign(new Error('lost'), { code: 'ENOENT', syscall: 'connect' })
    // oxlint-disable-next-line require-yield -- fails before its first byte
    async function* failing(): AsyncGenerator<Buffer> {
      throw lost
    }
    await expect(storage.write('a', Readable.from(failing()))).rejects.toBe(lost)
  })

  it('is tried without a mark', async () => {
    const storage = await tryFolderTarget(folder)
    await storage.write('a', x())
    expect(await readdir(folder)).toEqual(['a'])
  })

  it('is refused where it cannot be made', async () => {
    await writeFile(join(base, 'file'), '')
    const expected = { code: 'target_refused', payload: { reason: 'no_access' } }
    await expect(prepareFolderTarget(join(base, 'file', 'inner'))).rejects.toMatchObject(expected)
    await expect(tryFolderTarget(join(base, 'file'))).resolves.toBeDefined()
    await expect((await tryFolderTarget(join(base, 'file'))).write('a', x())).rejects.toMatchObject(expected)
    await expect(prepareFolderTarget('/proc/metadeck')).rejects.toMatchObject({
      message: expect.stringContaining('/proc/metadeck'),
    })
  })

  it('is none of the folders of the instance, by whatever way', async () => {
    const dataDir = join(base, 'data')
    await mkdir(join(dataDir, 'db'), { recursive: true })
    await symlink(join(dataDir, 'db'), join(base, 'link'))
    const own = ['', 'db', 'db/inner', 'files', 'backups', 'uploads/x', '../data', 'x/../db', '../link', '../link/new']
    for (const path of own) {
      await expect(requireTargetPath(join(dataDir, path), dataDir)).rejects.toMatchObject({
        payload: { param: 'settings.path' },
      })
    }
    for (const path of ['nas', 'dbs', '../elsewhere', '..', '..db'])
      await expect(requireTargetPath(join(dataDir, path), dataDir)).resolves.toBeUndefined()
    await expect(requireTargetPath('backups', dataDir)).rejects.toThrow('whole path')
  })
})
