import { aKind } from './a-kind.ts'
import { TARGETS } from './construct-grammar.ts'
import type { ConstructChanges } from './construct-header.ts'
import type { ConstructKind } from './construct-kinds.ts'
import { editConstruct } from './edit-construct.ts'
import { FIXED_INPUT } from './fixed-input.ts'
import { printName, printText } from './print.ts'

/** The parts that the strict grammar asks for (section 4 of the language's reference). */
const PARTS: Record<ConstructKind, readonly ('input' | 'stack' | 'response')[]> = {
  query: ['input', 'stack', 'response'],
  function: ['input', 'stack', 'response'],
  task: ['stack'],
  addon: ['input', 'stack'],
  middleware: ['input', 'stack', 'response'],
  workspace_trigger: ['input', 'stack'],
  table_trigger: ['input', 'stack'],
  realtime_trigger: ['input', 'stack', 'response'],
  agent_trigger: ['input', 'stack', 'response'],
  mcp_server_trigger: ['input', 'stack', 'response'],
  realtime_channel: [],
}

/**
 * A whole document that does nothing yet. A query without a verb gets GET. Throws `XanoScriptError` where the name
 * cannot be one, `Error` for a setting that the kind does not have and for a trigger without its `target`.
 */
export function newConstruct(kind: ConstructKind, changes: ConstructChanges & { name: string }): string {
  const head = `${kind} ${printName(changes.name)}${kind === 'query' ? ' verb=GET' : ''}`
  const parts = [...targetPart(kind, changes.target), ...PARTS[kind].map((part) => printPart(kind, part))]
  return editConstruct(`${head} {\n${parts.join('\n')}}\n`, changes)
}

function targetPart(kind: ConstructKind, target: string | undefined): string[] {
  const property = TARGETS[kind]
  if (property === undefined) return []
  if (target === undefined) throw new Error(`${aKind(kind)} needs a target`)
  return [`  ${property} = ${printText(target)}\n`]
}

function printPart(kind: ConstructKind, part: 'input' | 'stack' | 'response'): string {
  if (part === 'response') return '  response = null\n'
  const inputs = part === 'input' ? (FIXED_INPUT[kind] ?? '') : ''
  return `  ${part} {${inputs.replaceAll('\n', '\n    ')}\n  }\n`
}
