import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

/** Workspaces in reach, by name; those without a known name by their number. */
export function reachNames({ workspaces }: Pick<Token, 'workspaces'>, names: ReadonlyMap<number, string>): string[] {
  return workspaces === 'all' ? [] : workspaces.map((id) => names.get(id) ?? `workspace ${id}`)
}

/** Where it reaches, for a line of a list: `All`, `Shop`, `Shop, Blog`, `Shop and 2 more`. */
export function reachWords(token: Pick<Token, 'workspaces'>, names: ReadonlyMap<number, string>): string {
  if (token.workspaces === 'all') return 'All'
  const [first = 'None', ...others] = reachNames(token, names)
  if (others.length === 0) return first
  return others.length === 1 ? `${first}, ${others.join('')}` : `${first} and ${others.length} more`
}

/** From where it is let in, where that is not from anywhere: `from 2 addresses`. */
export function addressWords({ allowedIps }: Pick<Token, 'allowedIps'>): string | undefined {
  return allowedIps === null ? undefined : `from ${formatCount(allowedIps.length, 'address', 'addresses')}`
}
