import { expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import { readConstruct } from '#xanoscript/read-construct.ts'

import type { TableDefinition } from '../../tables/definition.ts'
import { expandLinks } from './expand-links.ts'

const table = (id: number, name: string, columns: Column[]): TableDefinition => ({
  id,
  workspaceId: 1,
  name,
  description: '',
  docs: '',
  auth: false,
  guid: name,
  tag: [],
  columns: [{ name: 'id', type: 'int' }, ...columns],
  indexes: [],
  autocomplete: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
})
const TABLES = [
  table(1, 'Customer', [
    { name: 'name', type: 'text' },
    { name: 'email', type: 'email' },
    { name: 'secret', type: 'text', access: 'private' },
  ]),
  table(2, 'person', [
    { name: 'email', type: 'text' },
    { name: 'born', type: 'date' },
  ]),
]
const namesOf = (...inputs: string[]): string[] =>
  expandLinks(readConstruct(`function f {\n input {\n${inputs.join('\n')}\n }\n}`).input, TABLES).map(
    ({ name }) => name,
  )

test('a link brings the public columns that it does not hide, under whatever case the table is named', () => {
  expect(namesOf('dblink { table = "customer" }')).toEqual(['name', 'email'])
  expect(namesOf('dblink {\n table = "Customer"\n override = {name: {hidden: true}}\n}')).toEqual(['email'])
  expect(namesOf('dblink { table = "nowhere" }')).toEqual([])
})

test('each name comes once, however many links bring it', () => {
  expect(namesOf('dblink { table = "Customer" }', 'dblink { table = "person" }')).toEqual(['name', 'email', 'born'])
  expect(namesOf('text email', 'dblink { table = "Customer" }')).toEqual(['email', 'name'])
  expect(namesOf(...Array.from({ length: 5_000 }, () => 'dblink { table = "Customer" }'))).toEqual(['name', 'email'])
})
