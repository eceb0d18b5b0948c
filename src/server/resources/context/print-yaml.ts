import { Document, Scalar, visit } from 'yaml'

import { takeTurns } from '../constructs/take-turns.ts'
import type { Facts } from './field-facts.ts'

/** Texts are quoted wherever readers of YAML 1.1 and 1.2 would differ; no line is folded. */
const OPTIONS = { compat: 'yaml-1.1', aliasDuplicateObjects: false } as const

function print(value: unknown): string {
  const document = new Document(value, OPTIONS)
  visit(document, {
    Scalar: (_key, scalar) => {
      // As a block, such a text would not read back as it is.
      if (typeof scalar.value === 'string' && /^\s/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 0 })
}

/** Facts as YAML; the keys on top are plain words. A large workspace takes a second: other requests get their turn between the items of its lists. */
export async function printYaml(facts: Facts): Promise<string> {
  const parts: string[] = []
  const turn = takeTurns()
  const add = async (value: unknown): Promise<void> => {
    const part = print(value)
    parts.push(part)
    await turn(part)
  }
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined) continue
    if (Array.isArray(value) && value.length > 0) {
      // A list may stand as deep as its key.
      parts.push(`${key}:\n`)
      for (const item of value) await add([item])
    } else {
      await add({ [key]: value })
    }
  }
  return parts.join('')
}
