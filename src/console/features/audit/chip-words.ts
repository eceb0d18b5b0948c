import type { AuditEntry } from '#api/contract/audit-console.ts'

import type { AuditSearch } from './audit-search.ts'
import { kindWords, upperFirst } from './deed-words.ts'

export interface Chip {
  words: string
  /** What takes it away. */
  change: Partial<AuditSearch>
}

type Listed = Pick<AuditEntry, 'actor' | 'target'>

/**
 * The filters that come by a link from elsewhere, by name as far as one is known: of the accounts by `people`, of everything
 * else from the records that are listed, the newest first, as a thing may have had several.
 */
export function chipsOf(
  { person, token, kind, target }: Pick<AuditSearch, 'person' | 'token' | 'kind' | 'target'>,
  records: readonly Listed[],
  people: ReadonlyMap<number, string>,
): Chip[] {
  const chips: (Chip | false)[] = [
    person !== undefined && {
      words: people.get(person) ?? emailOf(person, records) ?? `Person ${person}`,
      change: { person: undefined },
    },
    token !== undefined && { words: `Token ${labelOf(token, records) ?? token}`, change: { token: undefined } },
    target !== '' && {
      words: `${kind === '' ? 'Thing' : upperFirst(kindWords(kind))} ${nameOf(kind, target, records) ?? target}`,
      change: { target: '' },
    },
  ]
  return chips.filter((chip) => chip !== false)
}

const emailOf = (id: number, records: readonly Listed[]) =>
  records.find(({ actor }) => actor.person?.id === id)?.actor.person?.email

const labelOf = (id: number, records: readonly Listed[]) =>
  records.find(({ actor }) => actor.kind === 'token' && actor.id === id)?.actor.label

const nameOf = (kind: string, id: string, records: readonly Listed[]) =>
  records.find(({ target }) => target?.kind === kind && String(target.id) === id)?.target?.name
