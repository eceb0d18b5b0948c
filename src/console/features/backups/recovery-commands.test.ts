import { expect, it } from 'vitest'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import { backupFixture } from '#console/data/backup-fixture.ts'

import { recoverySteps } from './recovery-commands.ts'

const commands = (more: Parameters<typeof backupFixture>[0]): string[] =>
  recoverySteps(backupFixture(more)).map(({ command }) => command)

it('names the file as its download does', () => {
  expect(commands({ fileName: 'Ubung-2-20261120-1200.xano' })[0]).toContain(' Ubung-2-20261120-1200.xano ')
  expect(commands({})[0]).toContain(' archive.xano ')
})

it('decrypts only what is encrypted, and checks only what is known', () => {
  expect(commands({ encrypted: true }).join('\n')).toContain('age --decrypt')
  expect(commands({ encrypted: false }).join('\n')).not.toContain('age')
  expect(commands({ sha256: null })[0]).not.toContain('sha256sum')
  expect(commands({ sha256: 'a'.repeat(64) })[0]).toContain(`${'a'.repeat(64)}  archive.xano`)
})

it('says nothing of rows where there are none', () => {
  expect(commands({ definitionOnly: true }).join('\n')).not.toContain('psql')
})

it('loads a table that is really in it and whose name needs no quotes', () => {
  const tables = [
    { name: 'Odd "one"', dataSource: 'live', rows: 9 },
    { name: 'empty', dataSource: 'live', rows: 0 },
    { name: 'customers', dataSource: 'test', rows: 3 },
  ]
  const summary = { tables } as ArchiveSummary
  const typed = commands({ summary }).join('\n')
  expect(typed).toContain('create table customers ')
  expect(typed).toContain('archive/rows/test/customers.csv')
  expect(typed).not.toContain('Odd')
})
