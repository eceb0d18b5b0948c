import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

/** What tells where a token reaches. */
export type ReachOf = Pick<Token, 'workspaces' | 'effectiveWorkspaces'>

type Reach = 'all' | readonly number[]

/** Where the token reaches now: what it was granted, cut to what its maker reaches. */
export const reachNow = ({ workspaces, effectiveWorkspaces }: ReachOf): Reach => effectiveWorkspaces ?? workspaces

/** It reaches less than it was granted, because its maker does. */
export function isReachCut(token: ReachOf): boolean {
  const now = reachNow(token)
  if (now === 'all' || token.workspaces === 'all') return now !== token.workspaces
  return now.length < token.workspaces.length
}

const namesOf = (reach: Reach, names: ReadonlyMap<number, string>): string[] =>
  reach === 'all' ? [] : reach.map((id) => names.get(id) ?? `workspace ${id}`)

/** Workspaces in reach now, by name; those without a known name by their number. */
export const reachNames = (token: ReachOf, names: ReadonlyMap<number, string>): string[] =>
  namesOf(reachNow(token), names)

/** Where it reaches now, for a line of a list: `All`, `Shop`, `Shop, Blog`, `Shop and 2 more`. */
export function reachWords(token: ReachOf, names: ReadonlyMap<number, string>): string {
  if (reachNow(token) === 'all') return 'All'
  const [first = 'None', ...others] = reachNames(token, names)
  if (others.length === 0) return first
  return others.length === 1 ? `${first}, ${others.join('')}` : `${first} and ${others.length} more`
}

/** What it was granted, where it reaches less now: `of 3`, `not all`; undefined where it reaches all of that. */
export function grantedReach(token: ReachOf): string | undefined {
  if (!isReachCut(token)) return undefined
  return token.workspaces === 'all' ? 'not all' : `of ${token.workspaces.length}`
}

/** From where it is let in, where that is not from anywhere: `from 2 addresses`. */
export function addressWords({ allowedIps }: Pick<Token, 'allowedIps'>): string | undefined {
  return allowedIps === null ? undefined : `from ${formatCount(allowedIps.length, 'address', 'addresses')}`
}
