import type { Role } from '#api/contract/members.ts'
import { SCOPES, type Scopes, SCOPE_LETTERS, scopeWord } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'
import { joinWords } from '#console/scopes/grant-words.ts'

const ROLES: Record<Role, string> = {
  owner: 'Owner: everything.',
  admin: 'Admin: everything but what concerns owners and how people sign in.',
  member: 'Member: the scopes and workspaces below.',
}

export const roleWords = (role: Role): string => ROLES[role]

/** `All workspaces`, `Shop and Blog`; without the names, `2 chosen workspaces`. */
export function workspaceWords(workspaces: Workspaces, names: ReadonlyMap<number, string> | undefined): string {
  if (workspaces === 'all') return 'All workspaces'
  if (workspaces.length === 0) return 'None'
  if (names === undefined) return formatCount(workspaces.length, 'chosen workspace')
  return joinWords(workspaces.map((id) => names.get(id) ?? `workspace ${id}`))
}

/** `Workspace Content: create, read · Workspace Database: read`, in the words of the Metadata API. */
export function scopeWords(scopes: Scopes): string {
  const parts = SCOPES.flatMap(({ name, label }) => {
    const letters = SCOPE_LETTERS.filter((letter) => scopes[name]?.includes(letter))
    return letters.length === 0 ? [] : [`${label}: ${letters.map(scopeWord).join(', ')}`]
  })
  return parts.length === 0 ? 'None' : parts.join(' · ')
}
