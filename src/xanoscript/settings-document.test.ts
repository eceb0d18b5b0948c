import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  parseApiGroup,
  parseBranch,
  parseWorkspace,
  printApiGroup,
  printBranch,
  printWorkspace,
} from './settings-document.ts'
import { storableText } from './storable-text-fixture.ts'

const anyText = storableText({ maxLength: 20 })
const maybeText = fc.option(anyText, { nil: null })
const maybeFlag = fc.option(fc.boolean(), { nil: null })

describe('documents of settings', () => {
  it('an API group reads back as it was written', () => {
    const group = fc.record({
      name: anyText,
      canonical: maybeText,
      description: maybeText,
      docs: maybeText,
      active: maybeFlag,
      swagger: maybeFlag,
      tags: fc.array(anyText, { maxLength: 3 }),
      guid: maybeText,
    })
    fc.assert(
      fc.property(group, (document) => {
        expect(parseApiGroup(printApiGroup(document))).toEqual(document)
        const withToken = { ...document, swagger: document.swagger ?? true, swaggerToken: 'secret' }
        expect(parseApiGroup(printApiGroup(withToken))).toEqual(withToken)
      }),
    )
  })

  it('a branch and a workspace read back as they were written', () => {
    const branch = fc.record({ name: anyText, description: maybeText, color: maybeText, guid: maybeText })
    fc.assert(
      fc.property(branch, (document) => {
        expect(parseBranch(printBranch(document))).toEqual(document)
      }),
    )
    const workspace = fc.record({ name: anyText, description: maybeText, guid: maybeText })
    fc.assert(
      fc.property(workspace, (document) => {
        expect(parseWorkspace(printWorkspace(document))).toEqual(document)
      }),
    )
  })

  it('an API group may say swagger in the newer form', () => {
    expect(parseApiGroup('api_group shop {\n  canonical = "abc"\n  swagger = {active: false}\n}').swagger).toBe(false)
  })

  it('an API group may say swagger by a token', () => {
    const group = parseApiGroup('api_group shop {\n  canonical = "abc"\n  swagger = {token: "t"}\n}')
    expect(group).toMatchObject({ swagger: true, swaggerToken: 't' })
    expect(() => parseApiGroup('api_group shop {\n  swagger = "x"\n}')).toThrow('"swagger" is true, false or an object')
  })

  it('an API group keeps history, middleware and CORS as they stand', () => {
    const source = `api_group "web shop" {
  canonical = "abc"
  active = false
  tags = ["a"]
  history = 100
  middleware = {pre: [{name: "limit"}], post: []}
  cors = {
    mode: "custom"
    origins: ["https://example.com"]
    methods: ["GET", "POST"]
    headers: ["Content-Type", "Authorization", "X-Request-Id"]
    credentials: true
    max_age: 3600
  }
}
`
    const group = parseApiGroup(source)
    expect(group).toMatchObject({ active: false, tags: ['a'], history: '100' })
    expect(printApiGroup(group)).toBe(source)
    expect(parseApiGroup(source.replaceAll('\n', '\r\n'))).toEqual(group)
  })

  it('an API group holds properties only', () => {
    expect(() => parseApiGroup('api_group shop {\n  stack {}\n}')).toThrow('has no "stack" (line 2, column 3)')
    expect(() => parseApiGroup('api_group shop {\n  colour = 1\n}')).toThrow('has no property "colour"')
  })

  it('none of them has a verb', () => {
    expect(() => parseApiGroup('api_group shop verb=GET {\n}')).toThrow('An api_group has no verb (line 1, column 21)')
    expect(() => parseBranch('branch v1 verb=GET {\n}')).toThrow('A branch has no verb')
    expect(() => parseWorkspace('workspace w verb=GET {\n}')).toThrow('A workspace has no verb')
  })

  it('several constructs in one text are refused', () => {
    expect(() => parseBranch('branch v1 {\n}\n---\nbranch v2 {\n}')).toThrow('without a line "---" (line 3, column 1)')
  })
})
