import type { Call } from '#api/client/call.ts'
import { listTargets, type Target } from '#api/contract/targets.ts'
import { listWorkspaces, type Workspace } from '#api/contract/workspaces.ts'

import { CliError, EXIT } from './exit-code.ts'

/** The workspace of this id or name. Throws exit code 4 where there is none, or several of the name. */
export async function findWorkspace(call: Call, text: string): Promise<Workspace> {
  return pick(await call(listWorkspaces), text, 'workspace')
}

/** The target of this id or name. Throws exit code 4. */
export async function findTarget(call: Call, text: string): Promise<Target> {
  return pick((await call(listTargets)).items, text, 'target')
}

/** A name counts before an id, as a name may be a number; letter case counts only where it decides. */
function pick<Item extends { id: number | null; name: string }>(items: Item[], text: string, what: string): Item {
  const lower = text.toLowerCase()
  for (const fits of [
    (item: Item) => item.name === text,
    (item: Item) => String(item.id) === text,
    (item: Item) => item.name.toLowerCase() === lower,
  ]) {
    const [first, second] = items.filter(fits)
    if (second !== undefined) {
      throw new CliError(EXIT.refused, 'ambiguous', `There are several ${what}s "${text}". Use the id.`)
    }
    if (first !== undefined) return first
  }
  throw new CliError(EXIT.refused, 'not_found', `There is no ${what} "${text}".`)
}
