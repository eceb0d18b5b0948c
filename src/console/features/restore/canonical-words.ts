import { Canonical } from '#api/contract/api-groups.ts'
import type { TakenCanonical } from '#api/contract/restores.ts'

/** The address that each group gets whose own is taken: the typed one, else the one that was suggested. */
export function canonicalNames(
  taken: readonly TakenCanonical[],
  typed: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(taken.map(({ canonical, suggested }) => [canonical, typed[canonical] ?? suggested]))
}

/** What is wrong with a typed address; undefined where nothing is. */
export function canonicalError(
  { canonical }: TakenCanonical,
  taken: readonly TakenCanonical[],
  typed: Readonly<Record<string, string>>,
): string | undefined {
  const name = typed[canonical]
  if (name === undefined) return undefined
  if (name === '') return 'Type an address'
  const shaped = Canonical.safeParse(name)
  if (!shaped.success) return shaped.error.issues[0]?.message
  if (taken.some((other) => other.canonical === name)) return 'This address is taken'
  const same = Object.entries(canonicalNames(taken, typed)).filter(([, other]) => other === name)
  return same.length > 1 ? 'Two groups cannot have the same address' : undefined
}
