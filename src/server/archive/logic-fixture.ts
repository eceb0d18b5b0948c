import { createHash } from 'node:crypto'

import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

import type { Connection } from '../db/connection.ts'
import { readBranch } from '../db/workspace.ts'
import { newGuid } from '../ids.ts'

/** For tests: constructs of every kind, and a print of what a branch holds. */

interface TestConstruct {
  kind: ConstructKind
  name: string
  text: string
  verb?: string
  /** Name of a query's group. */
  group?: string
  guid?: string
  draft?: string
}

/** A text that is not as this release would print it, so that a change of a byte shows. */
const TOTAL = `// The total of a cart.
function "cart/total" {
  description = 'Adds it up'
  guid        = "${'g'.repeat(27)}"
  input {
    int cart_id
  }

  stack {
    var $sum { value = 0 }   // later
  }
  response = $sum
}
`

/** One construct of every kind; the queries go into the groups `Public` and `Admin`. */
export const CONSTRUCTS: readonly TestConstruct[] = [
  { kind: 'function', name: 'cart/total', text: TOTAL, guid: 'g'.repeat(27), draft: TOTAL.replace('0', '1') },
  { kind: 'query', name: 'orders/{id}', verb: 'GET', group: 'Public', text: query('orders/{id}', 'GET') },
  { kind: 'query', name: 'orders/{id}', verb: 'DELETE', group: 'Public', text: query('orders/{id}', 'DELETE') },
  { kind: 'query', name: 'orders/{id}', verb: 'GET', group: 'Admin', text: query('orders/{id}', 'GET') },
  { kind: 'task', name: 'Every night ☕', text: 'task "Every night ☕" {\r\n  stack {\r\n  }\r\n}\r\n' },
  { kind: 'addon', name: 'lines', text: 'addon lines {\n  input {\n  }\n\n  stack {\n  }\n}\n' },
  { kind: 'middleware', name: 'con', text: 'middleware con {\n  input {\n  }\n  stack {\n  }\n  response = null\n}' },
  { kind: 'workspace_trigger', name: 'ws', text: 'workspace_trigger ws {\n  input {\n  }\n  stack {\n  }\n}' },
  {
    kind: 'table_trigger',
    name: 'tt',
    text: 'table_trigger tt {\n  table = "con"\n  input {\n  }\n  stack {\n  }\n}',
  },
  {
    kind: 'realtime_trigger',
    name: 'rt',
    text: 'realtime_trigger rt {\n  channel = "chat/*"\n  input {\n  }\n  stack {\n  }\n  response = null\n}',
  },
  { kind: 'realtime_channel', name: 'chat/*', text: 'realtime_channel "chat/*" {\n  description = "Rooms"\n}' },
  { kind: 'function', name: 'unreadable', text: 'function unreadable {\n  # from another release\n' },
]

function query(name: string, verb: string): string {
  return `query "${name}" verb=${verb} {\n  input {\n    int id\n  }\n\n  stack {\n  }\n\n  response = null\n}\n`
}

/** Adds constructs to a branch, the live one by default, whose groups are there already. */
export async function addConstructs(
  { db }: Connection,
  workspaceId: number,
  constructs: readonly TestConstruct[] = CONSTRUCTS,
  label = '',
): Promise<void> {
  const branch = await readBranch(db, workspaceId, label)
  const groups = await db.selectFrom('api_group').selectAll().where('branch_id', '=', branch.id).execute()
  const now = new Date()
  for (const { kind, name, text, verb, group, guid, draft } of constructs) {
    await db
      .insertInto('construct')
      .values({
        workspace_id: workspaceId,
        branch_id: branch.id,
        api_group_id: groups.find((one) => one.name === group)?.id ?? null,
        kind,
        name,
        verb: verb ?? null,
        description: /description = ["'](.*)["']/.exec(text)?.[1] ?? '',
        guid: guid ?? newGuid(),
        text,
        draft: draft ?? null,
        checksum: createHash('sha256').update(text).digest('hex'),
        created_at: now,
        updated_at: now,
      })
      .execute()
  }
}

/** What a branch holds beside tables and rows; ids and times aside. */
export async function logicPrint(
  { db }: Connection,
  workspaceId: number,
  label = '',
): Promise<Record<string, unknown>> {
  const branch = await readBranch(db, workspaceId, label)
  const groups = await db
    .selectFrom('api_group')
    .select(['id', 'name', 'guid', 'documentation', 'settings'])
    .where('branch_id', '=', branch.id)
    .orderBy('name')
    .execute()
  const rows = await db.selectFrom('construct').selectAll().where('branch_id', '=', branch.id).execute()
  const constructs = rows.map(({ kind, name, verb, description, guid, text, checksum, api_group_id: groupId }) => {
    return { kind, name, verb, description, guid, text, checksum, group: groups.find(({ id }) => id === groupId)?.name }
  })
  const keyOf = (one: object): string => JSON.stringify(one)
  return {
    branch: [branch.description, branch.color],
    groups: groups.map(({ id: _id, ...group }) => group),
    constructs: constructs.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  }
}

/** Ids of constructs by guid. */
export async function constructIds({ db }: Connection, workspaceId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('construct')
    .select(['id', 'kind', 'guid'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(rows.map(({ id, kind, guid }) => [`${kind} ${guid}`, id]))
}
