import { ReachField } from '#console/scopes/reach-field.tsx'
import type { ChoosableWorkspace } from '#console/scopes/reach-options.ts'

export interface WorkspacesFieldProps {
  workspaces: readonly ChoosableWorkspace[]
  /** True where whoever makes the token reaches all workspaces. */
  canGrantAll: boolean
}

/** Which workspaces the scopes of a token are good for: no more than its maker reaches. */
export function WorkspacesField({ workspaces, canGrantAll }: WorkspacesFieldProps) {
  const why = 'You reach chosen workspaces only, so a token of yours cannot reach all.'
  return <ReachField workspaces={workspaces} onlyChosen={canGrantAll ? undefined : why} />
}
