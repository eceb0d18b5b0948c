import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { misfits } from './check-reply.ts'
import { NEEDS_EXTENSION } from './exceptions.ts'
import { callOperation, createHarness, type Harness, sharedWorld } from './harness.ts'
import { validInput } from './inputs.ts'
import { CORE, type Operation } from './shared-contract.ts'
import { createWorld, formBody, type World } from './world.ts'

let harness: Harness
let reading: World

beforeAll(async () => {
  harness = await createHarness()
  reading = await sharedWorld(harness)
})
afterAll(() => harness.close())

const writes = (operation: Operation): boolean =>
  operation.method !== 'GET' && !/(History|Log|content)Search$/.test(operation.id)
const isUpload = (operation: Operation): boolean => operation.id.startsWith('workspaceImport')

async function expectValid(operation: Operation, world: World): Promise<void> {
  const reply = await callOperation(harness, operation, world)
  const extension = NEEDS_EXTENSION[operation.id]
  const status = extension === undefined || (await harness.hasExtension(extension)) ? 200 : 400
  expect([reply.statusCode, status === 200 && reply.statusCode !== 200 ? reply.body : '']).toEqual([status, ''])
  if (status === 200 && operation.reply !== null) expect(misfits(operation.reply, reply.json())).toEqual([])
}

describe('every core operation, called as documented, answers what is documented', () => {
  for (const operation of CORE.filter((one) => !isUpload(one))) {
    test(`${operation.method} ${operation.path}`, async () => {
      if (operation.body?.required === true && operation.id !== 'fileUpload') {
        expect(validInput(operation.id, reading)).toBeDefined()
      }
      await expectValid(operation, writes(operation) ? await createWorld(harness) : reading)
    })
  }
})

describe('an archive that export made is taken by', () => {
  for (const [exporter, importer] of [
    ['workspaceExport', 'workspaceImport'],
    ['workspaceExportSchema', 'workspaceImportSchema'],
  ]) {
    test(`${importer} takes it`, async () => {
      const world = await createWorld(harness)
      const find = (id: string | undefined): Operation => CORE.find((one) => one.id === id) as Operation
      const archive = (await callOperation(harness, find(exporter), world)).rawPayload
      const { payload, headers } = formBody({
        ...(importer === 'workspaceImportSchema' ? { newbranch: 'imported' } : {}),
        file: { filename: 'a.xano', type: 'application/octet-stream', content: '#' },
      })
      const [before = '', after = ''] = payload.split('#')
      const reply = await harness.app.inject({
        method: 'POST',
        url: `/api:meta${find(importer).path.replace('{workspace_id}', String(world.workspace_id))}`,
        headers: { ...headers, ...harness.headers },
        payload: Buffer.concat([Buffer.from(before), archive, Buffer.from(after)]),
      })
      expect([reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([200, ''])
      expect(misfits(find(importer).reply ?? {}, reply.json())).toEqual([])
    })
  }
})

describe('every body that may be a form is taken as one', () => {
  for (const operation of CORE) {
    const { types = [] } = operation.body ?? {}
    if (
      !types.includes('multipart/form-data') ||
      !types.includes('application/json') ||
      operation.id in NEEDS_EXTENSION
    )
      continue
    test(`${operation.method} ${operation.path}`, async () => {
      const world = writes(operation) ? await createWorld(harness) : reading
      const { body = {} } = validInput(operation.id, world) ?? {}
      const fields = Object.entries(body).filter(([, value]) => value !== null)
      const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
      const form = formBody(Object.fromEntries(fields.map(([key, value]) => [key, text(value)])))
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(world[name as keyof World]))
      const reply = await harness.app.inject({
        method: operation.method,
        url: `/api:meta${path}`,
        headers: { ...harness.headers, ...form.headers },
        payload: form.payload,
      })
      expect([reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([200, ''])
    })
  }
})
