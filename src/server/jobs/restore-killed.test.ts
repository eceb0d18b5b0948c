import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import type { StageTime } from '#api/contract/backups.ts'

import { userSchemas } from '../archive/archive-fixture.ts'
import { killCount, report } from '../testing/kill-loop.ts'
import { lookAt, lookFor, openReader, openRestoreBench, type RestoreBench } from '../testing/kill-restore.ts'

/** Longest time from the start of the next process to the end of the job, beside what the job itself takes. */
const TAKEN_UP_MS = 30_000

/** Something to be killed in the middle. */
interface Step {
  name: string
  begin: () => Promise<number>
  /** What readers see of the place where it happens. */
  look: (client: pg.Client) => Promise<string>
}

/** When it does what, if nobody kills it. */
interface Course {
  stages: StageTime[]
  /** From the beginning to the first of the stages. */
  waitMs: number
}

describe('a restore whose process is killed', () => {
  let bench: RestoreBench
  let reads = 0
  let whole = 0
  /** Kills by the stage that was aimed at, by the one that the row last told of, and by step. */
  const aimed: Record<string, number> = {}
  const found: Record<string, number> = {}
  const steps: Record<string, number> = {}

  beforeAll(async () => {
    bench = await openRestoreBench()
  })
  afterAll(async () => {
    await bench.close()
    const figures = JSON.stringify({ steps, aimed, found })
    report(`restores killed: ${figures}; ${whole} ended whole, ${reads} reads meanwhile saw no half`)
  })

  const succeeded = (id: number): Promise<unknown> =>
    vi.waitUntil(async () => (await bench.restoreOf(id)).status === 'succeeded', { timeout: 60_000, interval: 20 })

  /** Does it without killing anything. */
  async function unkilled({ begin }: Pick<Step, 'begin'>): Promise<{ id: number; course: Course }> {
    const began = Date.now()
    const id = await begin()
    await succeeded(id)
    const { stages } = await bench.restoreOf(id)
    return { id, course: { stages, waitMs: Date.parse(stages[0]?.at ?? '') - began } }
  }

  /** Does it with a worker that is killed when `moment` has come, and with the next one. Answers the id of the restore. */
  async function killed(step: Step, moment: (id: number) => Promise<unknown>): Promise<number> {
    const schemas = await userSchemas(bench.database)
    const reader = await openReader(bench.database, step.look)
    const id = await step.begin()
    await moment(id)
    await bench.crash()
    const { status, stage } = await bench.restoreOf(id)
    count(steps, step.name)
    count(found, stage)
    if (status !== 'succeeded') expect(await userSchemas(bench.database)).toEqual(schemas)
    const restarted = Date.now()
    await bench.recover()
    await succeeded(id)
    expect(Date.now() - restarted).toBeLessThan(TAKEN_UP_MS)
    const seen = await reader.stop()
    // Before and after, and nothing else: no half, no error, no way back.
    expect(seen.states.filter((state) => state.startsWith('failed'))).toEqual([])
    expect(seen.states).toHaveLength(2)
    reads += seen.reads
    expect(await bench.strayBackups()).toBeNull()
    whole += 1
    return id
  }

  function count(counts: Record<string, number>, what: string): void {
    counts[what] = (counts[what] ?? 0) + 1
  }

  /** Kills it at a moment of its stage number `turn`, at random. */
  function killedInTurn(step: Step, { stages, waitMs }: Course, turn: number): Promise<number> {
    const [first, stage] = [stages[0], stages[turn % stages.length]]
    const from = waitMs + Date.parse(stage?.at ?? '') - Date.parse(first?.at ?? '')
    count(aimed, stage?.stage ?? '')
    return killed(step, () => sleep(from + randomInt((stage?.ms ?? 0) + 1)))
  }

  const intoTarget = (): Step => ({
    name: 'into a workspace',
    begin: () => bench.restore(),
    look: (client) => lookAt(client, bench.targetId),
  })
  const undoing = (restoreId: number): Step => ({
    name: 'undo',
    begin: () => bench.undo(restoreId),
    look: (client) => lookAt(client, bench.targetId),
  })
  const intoNew = (name: string): Step => ({
    name: 'into a new workspace',
    begin: () => bench.restore(name),
    look: (client) => lookFor(client, name),
  })
  const undoingNew = (restoreId: number, name: string): Step => ({
    name: 'undo of a new workspace',
    begin: () => bench.undo(restoreId),
    look: (client) => lookFor(client, name),
  })

  it('into a workspace that is there, and its undo: readers see the old one or the new one, and it ends whole', async () => {
    const [before, after] = [await bench.print(bench.targetId), await bench.print(bench.sourceId)]
    const done = await unkilled(intoTarget())
    expect(await bench.print(bench.targetId)).toEqual(after)
    const back = await unkilled(undoing(done.id))
    expect(await bench.print(bench.targetId)).toEqual(before)
    const offset = randomInt(back.course.stages.length)
    for (let turn = 0; turn < killCount(1); turn += 1) {
      // The first time where nothing is left to do but to exchange the tables, as soon as a reader lets go of one.
      const id = await (turn === 0
        ? killed(intoTarget(), waitingToExchange)
        : killedInTurn(intoTarget(), done.course, turn))
      expect(await bench.print(bench.targetId)).toEqual(after)
      await killedInTurn(undoing(id), back.course, offset + turn)
      expect(await bench.print(bench.targetId)).toEqual(before)
    }
  }, 1_800_000)

  async function waitingToExchange(restoreId: number): Promise<void> {
    count(aimed, 'swapping')
    const holder = new pg.Client(bench.database.options)
    await holder.connect()
    await holder.query(`begin; lock table w${bench.targetId}_live.users in access share mode`)
    await expect.poll(async () => (await bench.restoreOf(restoreId)).stage).toBe('swapping')
    await holder.end()
  }

  it('into a new workspace, and its undo: the workspace is there whole, or not at all', async () => {
    const after = await bench.print(bench.sourceId)
    const none = await userSchemas(bench.database)
    const done = await unkilled(intoNew('Again'))
    const back = await unkilled(undoingNew(done.id, 'Again'))
    const offset = randomInt(done.course.stages.length)
    for (let turn = 0; turn < killCount(1); turn += 1) {
      const name = `Again ${turn}`
      const id = await killedInTurn(intoNew(name), done.course, offset + turn)
      expect(await bench.print((await bench.restoreOf(id)).workspace_id ?? 0)).toEqual(after)
      expect(await userSchemas(bench.database)).toHaveLength(none.length + 1)
      if (killCount(0) > 0) await killedInTurn(undoingNew(id, name), back.course, turn)
      else await unkilled(undoingNew(id, name))
      expect(await userSchemas(bench.database)).toEqual(none)
    }
  }, 1_800_000)
}, 180_000)
