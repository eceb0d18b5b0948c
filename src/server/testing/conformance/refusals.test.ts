import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { misfits } from './check-reply.ts'
import { callOperation, createHarness, type Deviation, type Harness, scopesWithout, sharedWorld } from './harness.ts'
import { CORE, type Operation, sharedContract } from './shared-contract.ts'
import type { World } from './world.ts'

let harness: Harness
let world: World

beforeAll(async () => {
  harness = await createHarness()
  world = await sharedWorld(harness)
})
afterAll(() => harness.close())

const ERROR = sharedContract.components.schemas['Error'] ?? {}

/** A value of each path parameter that names nothing. */
const NOWHERE: Record<string, string | number> = {
  name: 'nowhere',
  branch_label: 'nowhere',
  label: 'nowhere',
  schema_name: 'nowhere',
  index_id: 'ffffffff',
}
const pathNames = (operation: Operation): string[] =>
  operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)

/** Status and code of the answer, and what of it does not fit the contract's error. */
async function refusal(operation: Operation, deviation: Deviation): Promise<unknown[]> {
  const reply = await callOperation(harness, operation, world, deviation)
  return [reply.statusCode, reply.json<{ code: string } | null>()?.code, misfits(ERROR, reply.json())]
}

describe('without a token every core operation is refused with 401', () => {
  for (const operation of CORE) {
    test(`${operation.method} ${operation.path}`, async () => {
      const expected = [401, 'ERROR_CODE_UNAUTHORIZED', []]
      expect(await refusal(operation, { headers: {} })).toEqual(expected)
      expect(await refusal(operation, { headers: { authorization: 'Bearer nonsense' } })).toEqual(expected)
    })
  }
})

describe('a token that lacks exactly the scope is refused with 403', () => {
  for (const operation of CORE.filter((one) => one.scope !== 'none')) {
    test(`${operation.id} needs ${operation.scope}`, async () => {
      const headers = await harness.tokenWith(scopesWithout(operation.scope))
      expect(await refusal(operation, { headers })).toEqual([403, 'ERROR_CODE_ACCESS_DENIED', []])
    })
  }
})

describe('operations without a scope are open to a token without any', () => {
  for (const operation of CORE.filter((one) => one.scope === 'none')) {
    test(`${operation.method} ${operation.path}`, async () => {
      const reply = await callOperation(harness, operation, world, { headers: await harness.tokenWith({}) })
      expect(reply.statusCode).toBe(200)
    })
  }
})

describe('a path that names nothing is answered with 404', () => {
  for (const operation of CORE) {
    for (const name of pathNames(operation)) {
      test(`${operation.id}: ${name}`, async () => {
        const params = { [name]: NOWHERE[name] ?? 999_999_999 }
        expect(await refusal(operation, { params })).toEqual([404, 'ERROR_CODE_NOT_FOUND', []])
      })
    }
  }
})
