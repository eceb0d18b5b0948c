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

const anyText = fc.string({ unit: 'binary', maxLength: 20 })
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

  it('several constructs in one text are refused', () => {
    expect(() => parseBranch('branch v1 {\n}\n---\nbranch v2 {\n}')).toThrow('without a line "---" (line 3, column 1)')
  })
})
