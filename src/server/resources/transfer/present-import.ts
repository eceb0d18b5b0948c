import { metaTime } from '#api/contract/names.ts'
import type { ImportResult } from '#api/contract/transfer.ts'

import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'

/** A workspace after an import, with its live branch, as the API answers it. */
export async function presentImport(db: Db, workspaceId: number): Promise<ImportResult> {
  const workspace = await db.selectFrom('workspace').selectAll().where('id', '=', workspaceId).executeTakeFirstOrThrow()
  const branch = await readBranch(db, workspaceId, '')
  return {
    id: workspace.id,
    name: workspace.name,
    description: workspace.description,
    swagger: workspace.swagger,
    documentation: workspace.documentation,
    branch: {
      id: branch.id,
      created_at: metaTime(branch.created_at),
      updated_at: metaTime(branch.updated_at),
      label: branch.label,
      description: branch.description,
      backup: branch.backup,
      color: branch.color,
      guid: branch.guid,
    },
  }
}
