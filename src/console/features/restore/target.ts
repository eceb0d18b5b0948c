/** What the address says of the target. */
export interface TargetSearch {
  into?: number | 'new' | undefined
  name: string
  branch: string
}

/** Where it goes, once that is known. */
export type Target =
  | { kind: 'new'; name: string }
  | { kind: 'existing'; workspaceId: number }
  | { kind: 'branch'; workspaceId: number; label: string }

/** The target as the address has it; undefined while something of it is lacking. */
export function targetOf({ into, name, branch }: TargetSearch): Target | undefined {
  if (into === 'new') return name === '' ? undefined : { kind: 'new', name }
  if (into === undefined) return undefined
  return branch === '' ? { kind: 'existing', workspaceId: into } : { kind: 'branch', workspaceId: into, label: branch }
}
