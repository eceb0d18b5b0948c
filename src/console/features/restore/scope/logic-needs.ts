import type { ConstructName, ScopeChoices } from '#api/contract/restore-scope.ts'
import type { RestorePreview } from '#api/contract/restores.ts'

import { constructWords } from '../part-words.ts'
import { constructKey, type Parts, withTables } from '../parts.ts'
import { listWords } from '../scope-words.ts'

/** A chosen API group or construct, and what its text names and the target lacks. */
export type LogicNeed = ScopeChoices['needs'][number]

/** What chosen groups and constructs use that neither the target has nor the choice brings. */
export function lackingLogic(parts: Parts, { needs }: ScopeChoices): LogicNeed[] {
  const chosen = new Set([
    ...parts.apiGroups.map((name) => constructKey({ kind: 'api_group', name })),
    ...parts.constructs.map(constructKey),
    ...parts.tables.map((name) => constructKey({ kind: 'table', name })),
  ])
  return needs.flatMap((need) => {
    const lacking = need.needs.filter((one) => !chosen.has(constructKey(one)))
    return chosen.has(constructKey(need)) && lacking.length > 0 ? [{ ...need, needs: lacking }] : []
  })
}

/** The choice with all that it uses, and what that uses in turn, as far as the archive holds it. */
export function withUsed(parts: Parts, preview: Pick<RestorePreview, 'choices' | 'tables'>): Parts {
  let all = parts
  for (;;) {
    const taken = takeAlong(all, preview)
    if (taken === all) return all
    all = taken
  }
}

function takeAlong(parts: Parts, preview: Pick<RestorePreview, 'choices' | 'tables'>): Parts {
  const lacking = lackingLogic(parts, preview.choices).flatMap(({ needs }) => needs)
  const keys = new Set(lacking.map(constructKey))
  const held = preview.choices.constructs.filter((one) => keys.has(constructKey(one)))
  const archived = preview.tables.filter(
    ({ effect, name }) => effect !== 'removed' && keys.has(constructKey({ kind: 'table', name })),
  )
  if (held.length + archived.length === 0) return parts
  const tables = [...parts.tables, ...archived.map(({ name }) => name)]
  return {
    ...(archived.length === 0 ? parts : withTables(parts, tables)),
    constructs: [...parts.constructs, ...held.map(({ kind, name }) => ({ kind, name }))],
  }
}

/** `sum uses the table orders and function total, which the workspace lacks.` */
export function lackingWords({ name, needs }: LogicNeed, place: string): string {
  return `${name} uses ${listWords(needs.map(usedWords))}, which ${place} lacks.`
}

const usedWords = (used: ConstructName): string => `the ${constructWords(used)}`

/** How many different things are lacking. */
export const countLacking = (needs: readonly LogicNeed[]): number =>
  new Set(needs.flatMap((need) => need.needs.map(constructKey))).size

/** For a branch, which takes no tables: hints of them would lead nowhere. */
export function withoutTables(preview: RestorePreview): RestorePreview {
  const needs = preview.choices.needs.map((need) => ({
    ...need,
    needs: need.needs.filter(({ kind }) => kind !== 'table'),
  }))
  return { ...preview, choices: { ...preview.choices, needs } }
}
