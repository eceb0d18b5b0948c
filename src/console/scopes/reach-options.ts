import type { Workspace } from '#api/contract/workspaces.ts'
import type { SearchOption } from '#console/ui/choice-list.tsx'

export type ChoosableWorkspace = Pick<Workspace, 'id' | 'name' | 'description'>

/**
 * What can be chosen, and what is chosen without being among it: a workspace that was deleted since is still granted, and
 * must be seen to be taken away. Nothing is called deleted while `workspaces` are not known.
 */
export function reachOptions(
  workspaces: readonly ChoosableWorkspace[] | undefined,
  chosen: readonly string[],
): SearchOption[] {
  const known = (workspaces ?? []).map(({ id, name, description }) => ({ value: String(id), label: name, description }))
  const others = chosen.filter((id) => !known.some(({ value }) => value === id))
  const label = (id: string) => (workspaces === undefined ? `Workspace ${id}` : `Workspace ${id}, deleted`)
  return [...known, ...others.map((id) => ({ value: id, label: label(id) }))]
}
