import { z } from 'zod'

import type { Column } from '#api/contract/columns.ts'

import { type AppError, invalidInput } from '../../errors.ts'
import { refusalWords } from '../../refused-value.ts'
import { BadValue } from '../values/bad-value.ts'
import type { Condition } from './condition.ts'
import { parseSearchOp } from './search-op.ts'
import { searchValue } from './search-value.ts'

/** Groups in groups: more than anybody writes, less than what ends a parser. */
const DEPTH_MAX = 20

const Statement = z.strictObject({
  left: z.strictObject({ tag: z.literal('col').optional(), operand: z.string() }),
  op: z.string().default('='),
  right: z.strictObject({ tag: z.enum(['', 'const']).optional(), operand: z.unknown() }),
  or: z.boolean().optional(),
})
const StatementItem = z.strictObject({
  type: z.literal('statement').optional(),
  or: z.boolean().optional(),
  statement: Statement,
})
const GroupItem = z.strictObject({
  type: z.literal('group'),
  or: z.boolean().optional(),
  group: z.strictObject({ expression: z.array(z.unknown()).min(1, 'must hold a condition') }),
})

/**
 * The second form of the search language, known from queries: a list of statements and groups. `or` joins an item to
 * those before it with OR, as `|or` does. Throws 400 naming the place: `search.expression.0.statement.op`.
 */
export function parseExpression(columns: ReadonlyMap<string, Column>, value: unknown, now: Date): Condition[] {
  return parseItems({ columns, now }, value, 'search.expression', 0)
}

interface Reading {
  columns: ReadonlyMap<string, Column>
  now: Date
}

function parseItems(reading: Reading, value: unknown, path: string, depth: number): Condition[] {
  if (depth > DEPTH_MAX) throw refusal(path, `groups are nested at most ${DEPTH_MAX} levels deep`)
  if (!Array.isArray(value)) throw refusal(path, 'must be a list of statements and groups')
  return value.map((item: unknown, at) => {
    const place = `${path}.${at}`
    const isGroup = (item as { type?: unknown } | null | undefined)?.type === 'group'
    return isGroup ? parseGroup(reading, item, place, depth) : parseStatement(reading, item, place)
  })
}

function parseGroup(reading: Reading, item: unknown, path: string, depth: number): Condition {
  const { group, or: isOr = false } = shape(GroupItem, item, path)
  return { group: parseItems(reading, group.expression, `${path}.group.expression`, depth + 1), isOr }
}

function parseStatement({ columns, now }: Reading, item: unknown, path: string): Condition {
  const { statement, or: isOr = false } = shape(StatementItem, item, path)
  const { left, op: spelled, right } = statement
  const column = columns.get(left.operand) ?? columns.get(left.operand.slice(left.operand.indexOf('.') + 1))
  if (column === undefined) {
    const param = `${path}.statement.left.operand`
    throw invalidInput(param, `There is no column named "${left.operand}" to search in.`)
  }
  const op = located(`${path}.statement.op`, () => parseSearchOp(spelled))
  const value = located(`${path}.statement.right.operand`, () => searchValue(column, op, right.operand, now))
  return { column, op, value, isOr: isOr || statement.or === true }
}

function shape<S extends z.ZodType>(schema: S, item: unknown, path: string): z.output<S> {
  const parsed = schema.safeParse(item, { error: refusalWords })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refusal([path, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not a statement or a group')
}

/** Runs `work`; a value refused in it is reported as lying at `path`. */
function located<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    const { param, message } = error.toIssue(path)
    throw invalidInput(param, message)
  }
}

function refusal(param: string, reason: string): AppError {
  return invalidInput(param, `Invalid value for param ${param}: ${reason}`)
}
