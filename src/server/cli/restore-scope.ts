import { type ConstructName, type RestoreScope, RowsMode } from '#api/contract/restore-scope.ts'

import { wrongUsage } from './exit-code.ts'
import type { Arguments } from './read-arguments.ts'

type Values = Pick<
  Arguments<'restore'>['values'],
  'table' | 'rows' | 'group' | 'function' | 'construct' | 'stored-file'
>

/** What the options choose of an archive, as the API takes it; empty = everything. Throws exit code 2. */
export function scopeOf(values: Values): Partial<RestoreScope> {
  const { table: tables, group: apiGroups } = values
  const files = values['stored-file']
  const constructs = constructsOf(values)
  return {
    ...(tables === undefined ? {} : { tables }),
    ...(values.rows === undefined ? {} : { rows: modeOf(values.rows) }),
    ...(apiGroups === undefined ? {} : { apiGroups }),
    ...(constructs.length === 0 ? {} : { constructs }),
    ...(files === undefined ? {} : { files: files.includes('all') ? 'all' : files }),
  }
}

function modeOf(text: string): RowsMode {
  const mode = RowsMode.safeParse(text)
  if (mode.success) return mode.data
  throw wrongUsage(`"${text}" is no way to restore rows. The ways are ${RowsMode.options.join(', ')}.`)
}

function constructsOf({ function: functions = [], construct = [] }: Values): ConstructName[] {
  const others = construct.map((text) => {
    const [, kind, name] = /^(\w+):(.+)$/s.exec(text) ?? []
    if (kind === undefined || name === undefined) {
      throw wrongUsage(`"${text}" names no construct: that is KIND:NAME, as in task:nightly.`)
    }
    return { kind, name }
  })
  return [...functions.map((name) => ({ kind: 'function', name })), ...others]
}
