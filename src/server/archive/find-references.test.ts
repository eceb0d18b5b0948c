import { expect, it } from 'vitest'

import { findReferences } from './find-references.ts'

it.each([
  ['db.query orders {', 'table orders'],
  ['db.get "order lines" {', 'table order lines'],
  ["!db.bulk.add 'x' {", 'table x'],
  ['join = {owner: {table: "user", type: "left"}}', 'table user'],
  ['auth = "user"', 'table user'],
  ['function.run "cart/total" {', 'function cart/total'],
  ['function.run cart/total {', 'function cart/total'],
  ['addon = [{name: "lines", input: {}}]', 'addon lines'],
  ['middleware = {pre: [{name: "audit \\"all\\""}]}', 'middleware audit "all"'],
  ['task.call nightly', 'task nightly'],
  ['channel = "chat/*"', 'realtime_channel chat/*'],
])('%s names %s', (text, named) => {
  expect(findReferences(`  stack {\n    ${text}\n  }`).map(({ kind, name }) => `${kind} ${name}`)).toEqual([named])
})

it('a text that names nothing has no references, and what is named twice counts once', () => {
  expect(findReferences('function f {\n  input {\n    text name\n  }\n  stack {\n  }\n  response = $name\n}')).toEqual(
    [],
  )
  expect(findReferences('db.add a {}\ndb.del a {}')).toEqual([{ kind: 'table', name: 'a' }])
})
