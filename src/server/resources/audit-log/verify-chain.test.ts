import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { AuditHead } from '#api/contract/audit-console.ts'
import * as contract from '#api/contract/audit-console.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { connect } from '../../db/connection.ts'
import { up } from '../../db/migrations/0008_audit_chain.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createAppend } from './append.ts'
import type { NewAuditRecord } from './new-record.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const record = (n: number): NewAuditRecord => ({
  at: new Date(1_700_000_000_000 + n * 1_000),
  actor_kind: 'session',
  actor_id: 1,
  actor_label: 'ann@example.com',
  person_id: null,
  person_email: null,
  workspace_id: null,
  action: 'tableUpdate',
  target: { name: `Größe ${n} 🙂`, kind: 'table', id: n },
  before: n % 2 === 0 ? null : { b: 1e21, a: [0.1, '☃\n"'] },
  detail: {},
  address: '::1',
  request_id: `r${n}`,
})
/** The same as it is inserted by hand. */
const row = (n: number) => ({ ...record(n), target: '{}', before: null, after: null, detail: '{}' })

/** As somebody does who may do everything to the database, and knows how it is protected. */
const tamper = (statement: string): Promise<unknown> =>
  app.database.pool.query(
    `alter table metadeck.audit_record disable trigger user; ${statement}; alter table metadeck.audit_record enable trigger user`,
  )
const verify = (head?: Pick<AuditHead, 'sequence' | 'hash'>) =>
  app.call(contract.verifyAudit, { body: head === undefined ? {} : { head } })
const count = async (): Promise<number> =>
  Number((await app.database.pool.query('select count(*) from metadeck.audit_record')).rows[0].count)

describe('the chain', () => {
  beforeEach(async () => {
    await tamper('truncate metadeck.audit_record restart identity')
    const append = createAppend(app.database)
    await Promise.all(Array.from({ length: 10 }, (_, n) => append(record(n + 1))))
  })

  it('holds as it was written, in the order of the calls', async () => {
    const head = await app.call(contract.getAuditHead)
    expect(await verify()).toEqual({
      ok: true,
      records: 10,
      from: new Date(1_700_000_001_000).toISOString(),
      to: new Date(1_700_000_010_000).toISOString(),
      head,
      firstBroken: null,
    })
    expect(head).toMatchObject({ sequence: 10, hash: expect.stringMatching(/^[\da-f]{64}$/) as string })
    const { rows } = await app.database.pool.query('select request_id from metadeck.audit_record order by sequence')
    expect(rows.map(({ request_id: id }: { request_id: string }) => id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `r${n + 1}`),
    )
  })

  it.each([
    ["set actor_label = 'eve@example.com'"],
    ["set at = at + interval '1 microsecond'"],
    ["set address = ''"],
    ['set actor_id = null'],
    ["set before = '{}'"],
    ['set before = null, after = \'{"a": 1}\''],
    ['set detail = \'{"a": 1}\''],
    ["set outcome = 'refused'"],
    ['set target = target || \'{"id": 6}\''],
    ["set hash = sha256('x')"],
    ["set previous_hash = sha256('x')"],
  ])('a changed record is found: %s', async (change) => {
    await tamper(`update metadeck.audit_record ${change} where sequence = 5`)
    expect(await verify()).toMatchObject({
      ok: false,
      records: 4,
      head: { sequence: 4 },
      firstBroken: { reason: 'changed', sequence: 5, id: 5 },
    })
  })

  it('a change whose hash was computed anew is found at the next record', async () => {
    await tamper(`update metadeck.audit_record set actor_label = 'eve' where sequence = 5;
      update metadeck.audit_record r set hash = metadeck.audit_hash(r) where sequence = 5`)
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { reason: 'order', sequence: 6, id: 6 } })
  })

  it('removed records are found, also the first one', async () => {
    await tamper('delete from metadeck.audit_record where sequence in (5, 6)')
    const { firstBroken } = await verify()
    expect(firstBroken).toMatchObject({ reason: 'missing', sequence: 5, id: null })
    expect(firstBroken?.why).toContain('The records 5 to 6 are missing')
    await tamper('delete from metadeck.audit_record where sequence = 1')
    expect(await verify()).toMatchObject({ records: 0, from: null, firstBroken: { reason: 'missing', sequence: 1 } })
  })

  it('a removed record is found although the later ones were numbered anew', async () => {
    await tamper(`delete from metadeck.audit_record where sequence = 5;
      update metadeck.audit_record set sequence = sequence - 1 where sequence > 5`)
    expect(await verify()).toMatchObject({ ok: false, records: 4, firstBroken: { reason: 'changed', id: 6 } })
  })

  it('reordered records are found', async () => {
    await tamper(`update metadeck.audit_record set sequence = 100 where sequence = 4;
      update metadeck.audit_record set sequence = 4 where sequence = 7;
      update metadeck.audit_record set sequence = 7 where sequence = 100`)
    expect(await verify()).toMatchObject({ ok: false, records: 3, firstBroken: { sequence: 4, id: 7 } })
  })

  it('an inserted record is found, with a number of its own, the number of another, or none', async () => {
    const copy = (values: string): string => `insert into metadeck.audit_record
      (at, actor_kind, actor_label, action, target, detail, address, request_id, sequence, previous_hash, hash)
      select at, actor_kind, actor_label, action, target, detail, address, request_id, ${values}
      from metadeck.audit_record where sequence = 5`
    await tamper(`update metadeck.audit_record set sequence = sequence + 1000 where sequence > 5;
      update metadeck.audit_record set sequence = sequence - 999 where sequence > 1000;
      ${copy('6, hash, hash')};
      update metadeck.audit_record r set hash = metadeck.audit_hash(r) where sequence = 6`)
    expect(await verify()).toMatchObject({ ok: false, records: 6, firstBroken: { sequence: 7 } })
    await tamper('delete from metadeck.audit_record where sequence = 6')
    await tamper(`update metadeck.audit_record set sequence = sequence - 1 where sequence > 6;
      alter table metadeck.audit_record drop constraint audit_record_sequence; ${copy('5, hash, hash')}`)
    expect(await verify()).toMatchObject({ ok: false, records: 5, firstBroken: { reason: 'order', sequence: 5 } })
    await tamper(`delete from metadeck.audit_record a using metadeck.audit_record b
        where a.sequence = 5 and b.sequence = 5 and a.id > b.id;
      alter table metadeck.audit_record alter column sequence drop not null; ${copy('null, hash, hash')}`)
    expect(await verify()).toMatchObject({ ok: false, records: 10, firstBroken: { reason: 'order' } })
    await tamper(`delete from metadeck.audit_record where sequence is null;
      alter table metadeck.audit_record alter column sequence set not null,
        add constraint audit_record_sequence unique (sequence)`)
    expect(await verify()).toMatchObject({ ok: true, records: 10 })
  })

  it('an end that was cut off is found against a head that was noted, and so is a log that was emptied', async () => {
    const head = await app.call(contract.getAuditHead)
    await tamper('delete from metadeck.audit_record where sequence > 7')
    expect(await verify()).toMatchObject({ ok: true, records: 7 })
    expect(await verify(head)).toMatchObject({
      ok: false,
      records: 7,
      firstBroken: { reason: 'cut_off', sequence: 8, id: null },
    })
    await tamper('truncate metadeck.audit_record')
    expect(await verify(head)).toMatchObject({ ok: false, records: 0, firstBroken: { reason: 'cut_off', sequence: 1 } })
    expect(await verify()).toMatchObject({ ok: true, records: 0, from: null, to: null, head: { sequence: 0 } })
  })

  it('the last record alone that was cut off is found against a head', async () => {
    const head = await app.call(contract.getAuditHead)
    await tamper('delete from metadeck.audit_record where sequence = 10')
    expect(await verify(head)).toMatchObject({
      ok: false,
      records: 9,
      firstBroken: { reason: 'cut_off', sequence: 10 },
    })
  })

  it('an end that was cut off and grew again, or a chain computed anew, is found against a head', async () => {
    const head = await app.call(contract.getAuditHead)
    await tamper('delete from metadeck.audit_record where sequence = 10')
    await createAppend(app.database)({ ...record(10), actor_label: 'eve@example.com' })
    expect(await verify()).toMatchObject({ ok: true, records: 10 })
    expect(await verify(head)).toMatchObject({ ok: false, records: 9, firstBroken: { reason: 'rewritten', id: 11 } })
    expect(await verify({ ...head, sequence: 9 })).toMatchObject({ ok: false, firstBroken: { sequence: 9 } })
  })

  it('still holds against a head that was noted before it grew', async () => {
    const head = await app.call(contract.getAuditHead)
    await createAppend(app.database)(record(11))
    expect(await verify({ ...head, hash: head.hash.toUpperCase() })).toMatchObject({ ok: true, records: 11 })
  })
})

describe('appending', () => {
  it('by several processes at once leaves one chain without gaps, also where some transactions are taken back', async () => {
    const before = await count()
    const processes = [1, 2, 3].map(() => connect({ ...app.database.options, max: 4 }))
    const appends = processes.map((process) => createAppend(process))
    await Promise.all([
      ...appends.flatMap((append) => Array.from({ length: 60 }, (_, n) => append(record(n)))),
      ...processes.flatMap(({ db }) =>
        Array.from({ length: 5 }, () =>
          db
            .transaction()
            .execute(async (trx) => {
              await trx.insertInto('audit_record').values(row(0)).execute()
              throw new Error('taken back')
            })
            .catch(() => undefined),
        ),
      ),
    ])
    await Promise.all(processes.map((process) => process.close()))
    expect(await count()).toBe(before + 180)
    expect(await verify()).toMatchObject({ ok: true, records: before + 180 })
  })

  it('keeps the order of the records of one transaction', async () => {
    await app.database.db.transaction().execute(async (trx) => {
      for (const n of [3, 1, 2]) await trx.insertInto('audit_record').values(row(n)).execute()
    })
    const { rows } = await app.database.pool.query(
      'select request_id as id from metadeck.audit_record order by sequence desc limit 3',
    )
    expect(rows).toEqual([{ id: 'r2' }, { id: 'r1' }, { id: 'r3' }])
  })

  it('a record that cannot be stored fails alone, and those that waited with it are stored', async () => {
    const append = createAppend(app.database)
    const before = await count()
    const bad = { ...record(2), detail: { a: '\0' } }
    const results = await Promise.allSettled([record(1), bad, record(3), bad, record(4)].map((item) => append(item)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await count()).toBe(before + 3)
    expect(await verify()).toMatchObject({ ok: true })
  })

  it.each([
    'update metadeck.audit_record set address = null',
    'delete from metadeck.audit_record',
    'truncate metadeck.audit_record',
  ])('nothing takes back what is recorded: %s', async (statement) => {
    await expect(app.database.pool.query(statement)).rejects.toThrow('neither changed nor deleted')
  })

  it('numbers and hashes that somebody brings along are not taken', async () => {
    const sequence = (await app.call(contract.getAuditHead)).sequence + 1
    await app.database.pool.query(
      `insert into metadeck.audit_record
        (at, actor_kind, actor_label, action, target, detail, address, request_id, sequence, previous_hash, hash)
       values (now(), 'system', 'x', 'x', '{}', '{}', '', '', 1, '', '')`,
    )
    expect(await verify()).toMatchObject({ ok: true, head: { sequence } })
  })
})

describe('who may verify', () => {
  it('an owner, and nobody who is limited to some workspaces or lacks the scope', async () => {
    const owner = await app.signIn()
    expect(await owner(contract.verifyAudit)).toMatchObject({ ok: true })
    const { id } = await app.call(createWorkspace, { body: { name: 'Some' } })
    const [limited, stranger] = [
      await app.callAs({ 'workspace:log': 'r' }, [id]),
      await app.callAs({ 'workspace:database': 'crud' }),
    ]
    for (const operation of [contract.verifyAudit, contract.getAuditHead]) {
      await expect(limited(operation)).rejects.toMatchObject({ status: 403, payload: { reason: 'workspace' } })
      await expect(stranger(operation)).rejects.toMatchObject({ status: 403, payload: { scope: 'workspace:log:read' } })
      await expect(app.callWith({})(operation)).rejects.toMatchObject({ status: 401 })
    }
    await app.database.pool.query(`update metadeck."user" set role = 'member'`)
    await expect(app.call(contract.verifyAudit)).rejects.toMatchObject({ status: 403, payload: { reason: 'role' } })
    await app.database.pool.query(`update metadeck."user" set role = 'owner'`)
  })

  it('a head that is none, or that of an empty log, is refused with what a head is', async () => {
    const hash = 'a'.repeat(64)
    for (const [head, param, words] of [
      [{ sequence: 1, hash: 'x' }, 'head.hash', /Send the 64 hexadecimal digits/],
      [{ sequence: 1, hash: hash.slice(1) }, 'head.hash', /Send the 64 hexadecimal digits/],
      [{ sequence: 1, hash: `${hash}a` }, 'head.hash', /Send the 64 hexadecimal digits/],
      [{ sequence: 0, hash: '0'.repeat(64) }, 'head.sequence', /Send 1 or more/],
      [{ sequence: -1, hash }, 'head.sequence', /Send 1 or more/],
    ] as const) {
      await expect(verify(head)).rejects.toMatchObject({
        status: 400,
        message: expect.stringMatching(words) as string,
        payload: { param },
      })
    }
  })
})

it('the migration chains the records that are there, in their order', async () => {
  await tamper(`truncate metadeck.audit_record restart identity;
    drop trigger chain on metadeck.audit_record; drop trigger keep on metadeck.audit_record;
    drop function metadeck.chain_audit_record, metadeck.keep_audit_record, metadeck.audit_hash, metadeck.audit_part;
    drop index metadeck.audit_record_actor;
    alter table metadeck.audit_record drop column sequence, drop column previous_hash, drop column hash,
      drop column outcome, drop column before, drop column after, drop column person_id, drop column person_email;
    create index audit_record_workspace_id_at_idx on metadeck.audit_record (workspace_id, at);
    insert into metadeck.audit_record (at, actor_kind, actor_label, action, target, detail, address, request_id)
      select now(), 'system', 'x' || n, 'tableUpdate', '{}', '{}', '', '' from generate_series(1, 50) n;
    delete from metadeck.audit_record where id in (7, 8)`)
  await app.database.db.transaction().execute((trx) => up(trx.withoutPlugins() as unknown as Kysely<unknown>))
  expect(await verify()).toMatchObject({ ok: true, records: 48, head: { sequence: 48 } })
  await createAppend(app.database)(record(1))
  expect(await verify()).toMatchObject({ ok: true, records: 49 })
  const { rows } = await app.database.pool.query('select id from metadeck.audit_record order by sequence')
  const ids = rows.map(({ id }: { id: number }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
})
