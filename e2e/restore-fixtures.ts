import type { Locator, Page } from '@playwright/test'

import type { Call } from '#api/client/call.ts'
import { createApiGroup } from '#api/contract/api-groups.ts'
import { apis } from '#api/contract/apis.ts'
import { createBackup, getBackup } from '#api/contract/backups.ts'
import {
  bulkCreateContent,
  bulkDeleteContent,
  bulkPatchContent,
  createContent,
  listContent,
} from '#api/contract/content.ts'
import { functions } from '#api/contract/functions.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, unique } from './fixtures.ts'

export interface Shop {
  id: number
  name: string
  /** Ids of the tables. */
  users: number
  orders: number
  /** Id and address of its API group. */
  group: number
  canonical: string
}

/** A workspace with users, orders that refer to them, and an API group. */
export async function makeShop(api: Call): Promise<Shop> {
  const name = unique('Shop')
  const { id } = await api(createWorkspace, { body: { name } })
  const params = { workspace_id: id }
  const common = [
    { name: 'id', type: 'int' },
    { name: 'created_at', type: 'timestamp', default: 'now' },
  ] as const
  const users = await api(createTable, {
    params,
    body: { name: 'users', schema: [...common, { name: 'name', type: 'text' }] },
  })
  const orders = await api(createTable, {
    params,
    body: {
      name: 'orders',
      schema: [...common, { name: 'state', type: 'text' }, { name: 'user_id', type: 'int', tableref_id: users.id }],
    },
  })
  const group = await api(createApiGroup, { params, body: { name: 'Public', description: '', swagger: true } })
  const add = (table_id: number, items: Record<string, unknown>[]) =>
    api(bulkCreateContent, { params: { ...params, table_id }, body: { items } })
  await add(users.id, [{ name: 'Ada' }, { name: 'Grace' }])
  await add(
    orders.id,
    Array.from({ length: 10 }, (_, index) => ({ state: 'paid', user_id: (index % 2) + 1 })),
  )
  return { id, name, users: users.id, orders: orders.id, group: group.id, canonical: group.canonical ?? '' }
}

/** A function, and an endpoint of the shop's group that runs it. Answers the function's id. */
export async function addLogic(api: Call, { id, group }: Shop): Promise<number> {
  const params = { workspace_id: id }
  const total = 'function total {\n  input {\n  }\n\n  stack {\n  }\n\n  response = 1\n}\n'
  const made = await api(functions.create, { params, xanoscript: total })
  const stack = '    function.run total {\n      input = {}\n    } as $total\n'
  const query = `query totals verb=GET {\n  input {\n  }\n\n  stack {\n${stack}  }\n\n  response = $total\n}\n`
  await api(apis.create, { params: { ...params, apigroup_id: group }, xanoscript: query })
  return made.id
}

/** A backup of the workspace, once it is done. */
export async function backUp(
  api: Call,
  workspaceId: number,
  more: { password?: string; definitionOnly?: boolean } = {},
): Promise<number> {
  const { id } = await api(createBackup, { body: { workspaceId, ...more } })
  await expect.poll(async () => (await api(getBackup, { params: { id } })).status).toBe('succeeded')
  return id
}

/** States of the orders that are left after the accident, without the new one. */
export const DAMAGED = [...Array.from({ length: 2 }, () => 'cancelled'), ...Array.from({ length: 5 }, () => 'paid')]

/** The night's accident: three orders are gone, two are changed, one is new. */
export async function damageOrders(api: Call, { id, orders }: Shop): Promise<void> {
  const params = { workspace_id: id, table_id: orders }
  await api(bulkDeleteContent, { params, body: { row_ids: [1, 2, 3] } })
  const items = [4, 5].map((row_id) => ({ row_id, updates: { state: 'cancelled' } }))
  await api(bulkPatchContent, { params, body: { items } })
  await api(createContent, { params, body: { state: 'written after the backup', user_id: 1 } })
}

/** States of the orders, in the order of their ids. */
export async function orderStates(api: Call, { id, orders }: Shop): Promise<unknown[]> {
  const { items } = await api(listContent, { params: { workspace_id: id, table_id: orders }, query: { per_page: 100 } })
  return items.toSorted((a, b) => Number(a['id']) - Number(b['id'])).map((row) => row['state'])
}

/** Tabs forward to the control of this name, and presses it. */
export async function pressOn(page: Page, name: string, key = 'Enter'): Promise<void> {
  const control = page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('checkbox', { name, exact: true }))
    .or(page.getByRole('radio', { name, exact: true }))
    .first()
  await tabTo(page, control)
  await page.keyboard.press(key)
}

/** Tabs forward to the control; an error where the keyboard does not reach it. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${control.toString()}`)
}
