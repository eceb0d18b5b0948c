import type { Field } from './ast.ts'
import { refuse } from './read-property.ts'

/** Filters of a column (section 5 of the language's reference) and how many arguments they take. */
const ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ...['trim', 'lower', 'upper', 'alphaOk', 'digitOk'].map((name) => [name, 0] as const),
  ...['min', 'max', 'startsWith', 'prevent', 'ok', 'pattern', 'salt', '@'].map((name) => [name, 1] as const),
  ...['minAlpha', 'minLowerAlpha', 'minUpperAlpha', 'minDigit', 'minSymbol'].map((name) => [name, 1] as const),
])

/**
 * Refuses what a column could not keep: a filter that is not known or there twice, an argument too many or too few.
 * Those that are switched off are kept as they are.
 */
export function requireColumnFilters(field: Field): void {
  const names = new Set<string>()
  for (const { name, args } of field.filters.filter((filter) => !filter.name.startsWith('!'))) {
    if (names.has(name)) refuse(`The field "${field.name}" has the filter "${name}" twice; write it once`, field)
    names.add(name)
    requireArguments(field, name, args)
  }
  if (names.has('@') && field.meta.some((property) => property.name === 'table')) {
    refuse(`The field "${field.name}" names a table twice, by "table" and by the filter "@"; write it once`, field)
  }
}

function requireArguments(field: Field, name: string, args: readonly string[]): void {
  const count = ARGUMENTS.get(name)
  if (count === undefined) {
    const known = [...ARGUMENTS.keys()].join(', ')
    refuse(`The field "${field.name}" has the filter "${name}", which is none of a column; known are ${known}`, field)
  }
  if (args.length !== count) {
    refuse(`The filter "${name}" of the field "${field.name}" takes ${count === 0 ? 'no' : 'one'} argument`, field)
  }
  if (name === '@' && !/^dbo=\d{1,15}$/.test(args[0] ?? '')) {
    refuse(`The filter "@" of the field "${field.name}" names a table by its id, such as @:dbo=12`, field)
  }
}
