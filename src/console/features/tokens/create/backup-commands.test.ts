import { describe, expect, it } from 'vitest'

import { backupByCommand, envFile, exportByCron, exportByCurl, fileStem } from './backup-commands.ts'

const url = 'https://meta.example.com/'
const target = { id: 3, name: `Shop "$(rm -rf /)' of Zürich` }
const secret = `mdk_${'a'.repeat(42)}`

describe('commands of a backup token', () => {
  const commands = [exportByCurl(url, target), exportByCron(url, target), backupByCommand(target)]

  it('take nothing from the name of the workspace that a shell would act on', () => {
    for (const command of commands) expect(command).toMatch(/shop-rm-rf-of-z-rich(\.part|\.xano|-\$)/)
  })

  it('ask for the export of that workspace at the one address', () => {
    expect(exportByCurl(url, target)).toContain('https://meta.example.com/api:meta/workspace/3/export')
    expect(backupByCommand(target)).toContain('--workspace 3 ')
  })

  it('hold no secret; the file does, and nothing else', () => {
    expect(envFile(url, secret)).toBe(`METADECK_URL=https://meta.example.com\nMETADECK_TOKEN=${secret}\n`)
    // Every user of a machine sees the arguments of its processes.
    for (const command of commands) expect(command).not.toContain('-H "Authorization')
  })

  it('let nobody else read the archive', () => {
    expect(exportByCurl(url, target)).toContain('umask 077')
    expect(exportByCron(url, target)).toContain('umask 077')
  })

  it('escape what cron takes for the end of a line', () => {
    expect(exportByCron(url, target)).not.toMatch(/[^\\]%/)
  })
})

it('gives files a name that every system takes', () => {
  expect([fileStem('Shop of Zürich'), fileStem('日本'), fileStem('x'.repeat(200))]).toEqual([
    'shop-of-z-rich',
    'workspace',
    'x'.repeat(40),
  ])
})
