import type { ApiGroup } from '#api/contract/api-groups.ts'

/** Which dialog of the list is open, and for which group. */
export type OpenDialog = { kind: 'create' } | { kind: 'edit' | 'delete'; group: ApiGroup }
