import { describe, expect, it } from 'vitest'

import { TARGETS } from './construct-grammar.ts'
import { CONSTRUCT_KINDS } from './construct-kinds.ts'
import { newConstruct } from './new-construct.ts'
import { readConstruct } from './read-construct.ts'

describe('a new document', () => {
  it.each(CONSTRUCT_KINDS)('of a %s reads back as asked', (kind) => {
    const settings = {
      name: 'my "first" one/🙂',
      description: 'Two\nlines',
      docs: 'd',
      tags: ['a', 'b'],
      guid: 'g',
      active: false,
    }
    const target = TARGETS[kind] === undefined ? {} : { target: 'orders' }
    expect(readConstruct(newConstruct(kind, { ...settings, ...target }))).toMatchObject({
      kind,
      ...settings,
      ...target,
    })
  })

  it('of a query holds all that the strict grammar asks for', () => {
    expect(newConstruct('query', { name: 'cart/add', verb: 'POST', apiGroup: 'shop', auth: 'user' })).toBe(
      `query "cart/add" verb=POST {
  api_group = "shop"
  auth = "user"
  input {
  }

  stack {
  }

  response = null
}
`,
    )
  })

  it('of a query answers GET where no verb is asked for', () => {
    expect(readConstruct(newConstruct('query', { name: 'a' })).verb).toBe('GET')
  })

  it('of a task holds a stack only, of an addon an input as well', () => {
    expect(newConstruct('task', { name: 'a' })).toBe('task a {\n  stack {\n  }\n}\n')
    expect(newConstruct('addon', { name: 'a' })).toBe('addon a {\n  input {\n  }\n\n  stack {\n  }\n}\n')
  })

  it('of a realtime channel holds settings only', () => {
    expect(newConstruct('realtime_channel', { name: 'room/*' })).toBe('realtime_channel "room/*" {\n}\n')
  })

  const inputs: [(typeof CONSTRUCT_KINDS)[number], string[]][] = [
    ['table_trigger', ['json new', 'json old', 'enum action', 'text datasource']],
    ['realtime_trigger', ['enum action', 'text channel', 'object client', 'object options', 'json payload']],
    ['workspace_trigger', ['object to_branch', 'object from_branch', 'enum action']],
    ['agent_trigger', ['object toolset', 'object tools']],
    ['mcp_server_trigger', ['object toolset', 'object tools']],
    ['middleware', ['json vars', 'enum type']],
    ['function', []],
  ]
  it.each(inputs)('of a %s has the inputs that it is called with', (kind, expected) => {
    const target = TARGETS[kind] === undefined ? {} : { target: 'x' }
    const { input } = readConstruct(newConstruct(kind, { name: 'a', ...target }))
    expect(input.map(({ type, name }) => `${type} ${name}`)).toEqual(expected)
  })

  it('needs a target where it is a trigger of something', () => {
    expect(() => newConstruct('table_trigger', { name: 'a' })).toThrow('A table_trigger needs a target')
    expect(() => newConstruct('table_trigger', { name: 'a', target: '' })).toThrow('needs the property "table"')
  })

  it('needs a name that its kind can have', () => {
    expect(() => newConstruct('function', { name: '/a' })).toThrow('does not start with "/"')
    expect(() => newConstruct('query', { name: '' })).toThrow('A query needs a name')
  })
})
