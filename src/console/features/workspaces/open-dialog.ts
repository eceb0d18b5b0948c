import type { Workspace } from '#api/contract/workspaces.ts'

/** Which dialog of the list is open, and for which workspace. */
export type OpenDialog = { kind: 'create' } | { kind: 'edit' | 'delete'; workspace: Workspace }
