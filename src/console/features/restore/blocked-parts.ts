import type { ConstructName, ScopeChoices } from '#api/contract/restore-scope.ts'

import { kindWords } from './diff-words.ts'
import { constructKey, type Parts } from './parts.ts'

/** An API group or construct of the archive; a group's kind is `api_group`. */
export type LogicChoice = ScopeChoices['constructs'][number]

/** All groups and constructs that can be chosen, as one list. */
export function logicChoices({ apiGroups, constructs }: ScopeChoices): LogicChoice[] {
  const groups = apiGroups.map(({ name, effect, nowNamed }): LogicChoice => {
    return { kind: 'api_group', name, effect, ...(nowNamed !== undefined && { nowNamed }) }
  })
  return [...groups, ...constructs]
}

/** The one in the archive in whose place the name of a blocked one is free: it is the one that has this name now. */
function partnerOf({ kind, name }: ConstructName, choices: readonly LogicChoice[]): LogicChoice | undefined {
  const taken = name.toLowerCase()
  return choices.find((one) => one.kind === kind && one.nowNamed?.toLowerCase() === taken)
}

/** Those that cannot be restored whatever else is chosen: another one has their name, and the archive lacks that. */
export function stuckChoices(choices: readonly LogicChoice[]): LogicChoice[] {
  return choices.filter((one) => isStuck(one, choices))
}

function isStuck(one: LogicChoice, choices: readonly LogicChoice[]): boolean {
  const been = new Set<LogicChoice>()
  let at: LogicChoice | undefined = one
  // Names that were swapped lead in a circle, which is free once all of it is chosen.
  while (at?.effect === 'blocked' && !been.has(at)) {
    been.add(at)
    at = partnerOf(at, choices)
  }
  return at === undefined
}

/** What a blocked choice asks for. */
export interface BlockedChoice {
  one: LogicChoice
  /** What has to be chosen too; undefined = nothing helps. */
  partner: LogicChoice | undefined
}

/** Chosen groups and constructs that the server would refuse as they are chosen now. */
export function blockedChoices(parts: Parts, held: ScopeChoices): BlockedChoice[] {
  const choices = logicChoices(held)
  const chosen = chosenKeys(parts)
  return choices.flatMap((one): BlockedChoice[] => {
    if (one.effect !== 'blocked' || !chosen.has(constructKey(one))) return []
    if (isStuck(one, choices)) return [{ one, partner: undefined }]
    const partner = partnerOf(one, choices)
    return partner === undefined || chosen.has(constructKey(partner)) ? [] : [{ one, partner }]
  })
}

/** The choice without what nothing helps, and with all that the others ask for. */
export function unblocked(parts: Parts, held: ScopeChoices): Parts {
  const blocked = blockedChoices(parts, held)
  if (blocked.length === 0) return parts
  const stuck = new Set(blocked.filter(({ partner }) => partner === undefined).map(({ one }) => constructKey(one)))
  const keys = new Set([...chosenKeys(parts)].filter((key) => !stuck.has(key)))
  for (const { partner } of blocked) if (partner !== undefined) keys.add(constructKey(partner))
  return unblocked(
    {
      ...parts,
      apiGroups: held.apiGroups.map(({ name }) => name).filter((name) => keys.has(groupKey(name))),
      constructs: held.constructs
        .filter((one) => keys.has(constructKey(one)))
        .map(({ kind, name }) => ({ kind, name })),
    },
    held,
  )
}

const groupKey = (name: string): string => constructKey({ kind: 'api_group', name })

const chosenKeys = ({ apiGroups, constructs }: Parts): Set<string> =>
  new Set([...apiGroups.map(groupKey), ...constructs.map(constructKey)])

/** `Public is called Storefront now, and another API group has the name Public.` */
export function blockedWords({ kind, name, nowNamed }: LogicChoice): string {
  const words = kindWords(kind)
  const noun = kind === 'api_group' ? words : words.toLowerCase()
  return `${name} is called ${nowNamed ?? 'otherwise'} now, and another ${noun} has the name ${name}.`
}

/** What can be done about it: `Rename one of the two there first.` */
export function remedyWords({ partner }: BlockedChoice): string {
  return partner === undefined
    ? 'Rename one of the two there first.'
    : `They can come back together: ${partner.name} of the backup is that other one.`
}
