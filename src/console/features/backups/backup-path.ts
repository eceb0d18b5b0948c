import type { Backup } from '#api/contract/backups.ts'

/** Its page: below its own workspace; an uploaded one, or one whose workspace is gone, is shown below the one at hand. */
export const backupPath = ({ id, workspaceId }: Pick<Backup, 'id' | 'workspaceId'>, atHand: number): string =>
  `/w/${workspaceId ?? atHand}/backups/${id}`
