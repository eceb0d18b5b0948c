import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { AuditEntry, type AuditVerification } from '#api/contract/audit-console.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { describeFailure } from './exit-code.ts'
import type { Outcome } from './outcome.ts'
import { readArguments } from './read-arguments.ts'
import { runAudit } from './run-audit.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'

const folder = mkdtempSync(join(tmpdir(), 'mdt-audit-'))
let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
  for (const name of ['One', 'Two']) await app.call(createWorkspace, { body: { name } })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

async function audit(args: string[], call = app.call): Promise<Outcome> {
  const around: Surroundings = {
    env: {},
    pathOf: (file) => resolve(folder, file),
    progress: () => undefined,
    note: () => undefined,
    signal: new AbortController().signal,
  }
  const session: Session = {
    call,
    download: () => Promise.reject(new Error('not asked for')),
    work: () => Promise.resolve(),
    patienceMs: 0,
    close: () => Promise.resolve(),
  }
  const given = readArguments(['audit', ...args])
  if ('help' in given || given.command !== 'audit') throw new Error('other command')
  return runAudit(given, () => Promise.resolve(session), around)
}
const exitOf = (args: string[], call = app.call): Promise<number> =>
  audit(args, call).then(
    ({ exit }) => exit,
    (error: unknown) => describeFailure(error).exit,
  )

it('verify tells that the chain holds, and takes the head back that it printed', async () => {
  const { exit, json, text } = await audit(['verify'])
  expect([exit, json]).toMatchObject([0, { ok: true, records: 2, firstBroken: null }])
  expect(text).toMatch(/^status: +the chain holds\nrecords: +2 records\n/)
  const head = /[\d]+:[\da-f]{64}/.exec(text)?.[0] ?? ''
  await app.call(createWorkspace, { body: { name: 'Three' } })
  expect(await exitOf(['verify', '--head', head])).toBe(0)
  const forged = await audit(['verify', '--head', head.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))])
  expect([forged.exit, (forged.json as AuditVerification).firstBroken?.reason]).toEqual([3, 'rewritten'])
  expect(forged.text).toMatch(/^status: +the chain is broken\n[^]*first broken: +record with id 2: /)
})

it('export saves the log as JSON lines or CSV, for this user only, and nothing in its place where it fails', async () => {
  const { json } = await audit(['export', '--output', 'log.ndjson'])
  const lines = readFileSync(join(folder, 'log.ndjson'), 'utf8').trimEnd().split('\n')
  expect(json).toEqual({ file: join(folder, 'log.ndjson'), records: lines.length })
  expect(lines.map((line) => AuditEntry.parse(JSON.parse(line)).sequence)).toEqual([1, 2, 3])
  expect(statSync(join(folder, 'log.ndjson')).mode & 0o777).toBe(0o600)
  await audit(['export', '--output', 'log.csv', '--format', 'csv'])
  expect(readFileSync(join(folder, 'log.csv'), 'utf8')).toMatch(/^"sequence",[^]*"auditExport"/)
  expect(await exitOf(['export', '--output', 'no/such/folder.csv'])).toBe(1)
  expect(await exitOf(['export', '--output', 'none.ndjson'], app.callWith({}))).toBe(4)
  expect(existsSync(join(folder, 'none.ndjson'))).toBe(false)
  expect(readdirSync(folder).toSorted()).toEqual(['log.csv', 'log.ndjson'])
})

it.each([
  [[]],
  [['prove']],
  [['verify', 'more']],
  [['verify', '--head', '12']],
  [['verify', '--output', 'x']],
  [['export']],
  [['export', '--output', 'x', '--format', 'xml']],
  [['export', '--output', 'x', '--head', `1:${'0'.repeat(64)}`]],
])('wrong usage is exit code 2: %j', async (args) => {
  expect(await exitOf(args)).toBe(2)
})

it('a broken chain is exit code 3', async () => {
  await app.database.pool.query(
    `alter table metadeck.audit_record disable trigger user; update metadeck.audit_record set address = 'x' where sequence = 2`,
  )
  expect(await exitOf(['verify'])).toBe(3)
})
