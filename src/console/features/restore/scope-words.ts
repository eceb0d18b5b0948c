import type { RestorePreview } from '#api/contract/restores.ts'

type Scope = Pick<RestorePreview, 'tables' | 'dependencies'>

/** A chosen table, and those that it refers to. */
export interface Need {
  table: string
  needs: string[]
}

/** Chosen tables that refer to ones which are neither chosen nor in the target: so they cannot be restored. */
export function missingTables(chosen: readonly string[], scope: Scope): Need[] {
  const lacking = new Set(scope.tables.filter(({ effect }) => effect === 'added').map(({ name }) => name))
  return references(chosen, scope, (name) => lacking.has(name))
}

/** Chosen tables that refer to ones which are in the target and stay there as they are. */
export function keptTables(chosen: readonly string[], scope: Scope): Need[] {
  const there = new Set(scope.tables.filter(({ effect }) => effect !== 'added').map(({ name }) => name))
  return references(chosen, scope, (name) => there.has(name))
}

function references(chosen: readonly string[], { dependencies }: Scope, isMeant: (name: string) => boolean): Need[] {
  const taken = new Set(chosen)
  return chosen.flatMap((table) => {
    const needs = (dependencies[table] ?? []).filter((name) => !taken.has(name) && isMeant(name))
    return needs.length === 0 ? [] : [{ table, needs }]
  })
}

/** The chosen tables with all that they need, and what those need. */
export function withNeeded(
  chosen: readonly string[],
  scope: Scope,
  find: (chosen: readonly string[], scope: Scope) => Need[] = missingTables,
): string[] {
  const all = new Set(chosen)
  for (let needs = find(chosen, scope); needs.length > 0; needs = find([...all], scope)) {
    for (const name of needs.flatMap((need) => need.needs)) all.add(name)
  }
  return [...all]
}

/** `orders needs users and shops.` */
export function needWords({ table, needs }: Need): string {
  return `${table} needs ${listWords(needs)}.`
}

/** True where it is one table that all of them need. */
export const isOne = (needs: readonly Need[]): boolean => neededBy(needs).length === 1

const neededBy = (list: readonly Need[]): string[] => [...new Set(list.flatMap(({ needs }) => needs))]

/** `orders refers to users, which stays as it is now.` */
export function keptWords(kept: readonly Need[]): string {
  const verb = kept.length === 1 ? 'refers' : 'refer'
  const stay = isOne(kept) ? 'which stays as it is now' : 'which stay as they are now'
  return `${listWords(kept.map(({ table }) => table))} ${verb} to ${listWords(neededBy(kept))}, ${stay}.`
}

/** `a`, `a and b`, `a, b and c`; of more than four the rest is counted. */
export function listWords(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : [...names]
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** True where tables that are there would only be emptied, which the server refuses: the archive holds no rows. */
export function emptiesTables({ summary, tables }: Pick<RestorePreview, 'summary' | 'tables'>): boolean {
  return !summary.includesRows && tables.some(({ effect }) => effect !== 'added')
}

/** All words of the query occur in the name, in any order and case. */
export function matchesWords(name: string, query: string): boolean {
  const text = name.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
