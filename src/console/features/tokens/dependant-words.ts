import type { TokenDependant } from '#api/contract/tokens.ts'

/** `Nightly backup`, `Nightly backup and Hourly`, `Nightly backup, Hourly and 3 more`; empty of none. */
export function namesInShort([first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return first
  return others.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${others.length} more`
}

/** Letters of a name within a sentence. */
const NAME_MAX = 40

/** A name as a sentence can bear it, cut where it is longer. */
export const shortName = (name: string): string =>
  name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1).trimEnd()}…` : name

export const dependantNames = (dependants: readonly TokenDependant[]): string =>
  namesInShort(dependants.map(({ name }) => name))

/** What it is and where: `backup schedule in Shop`. */
export function dependantKind({ kind, workspace }: TokenDependant): string {
  const words = kind === 'schedule' ? 'backup schedule' : kind.replaceAll('_', ' ')
  return workspace === null ? words : `${words} in ${workspace.name}`
}

/** Its page; undefined where it has none. */
export function dependantPath({ kind, id, workspace }: TokenDependant): string | undefined {
  return kind === 'schedule' && workspace !== null ? `/w/${workspace.id}/schedules/${id}` : undefined
}
