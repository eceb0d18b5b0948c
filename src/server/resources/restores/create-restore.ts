import type { z } from 'zod'

import type { CreateRestore, RestoreTarget, TakenCanonical } from '#api/contract/restores.ts'

import { requireRowsOrEmpty } from '../../archive/import-workspace.ts'
import { readDefinitions } from '../../archive/read-definitions.ts'
import { type Caller, requireScope, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { listTableNames } from '../../tables/definition-store.ts'
import { explainDamage } from '../backups/explain-damage.ts'
import { openBackup } from '../backups/open-backup.ts'
import { type BackupRow, getBackup } from '../backups/store.ts'
import { lenderOf } from '../schedules/lent-rights.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { findRenamed, newNames, requireCanonicals } from './canonicals.ts'
import { chooseScope, groupsOf, type Place, type ReadArchive, requireScopeFits } from './check-scope.ts'
import { startRestore } from './start-restore.ts'
import type { RestoreRow } from './store.ts'

type CreateDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now' | 'log'>
type Body = z.output<typeof CreateRestore>

/** A restore that waits for its job; `suggested` of each taken canonical is what its group gets. */
interface Begun {
  row: RestoreRow
  takenCanonicals: TakenCanonical[]
}

/**
 * Checks what can be checked before anything is done, and starts the restore. Throws 400 naming the field: a name that
 * is not typed right, a scope that the archive does not hold or that does not fit, canonicals that are taken; 409 while another is running.
 */
export async function createRestore(deps: CreateDeps, caller: Caller, body: Body): Promise<Begun> {
  const { connection, now } = deps
  const { db } = connection
  const backup = await getBackup(db, caller, body.backupId)
  const place = await findPlace(db, caller, body.into)
  requireScopeFits(body, place)
  const archive = await readBackup(deps, backup, body.password)
  const scope = await chooseScope(db, archive, body, place.newBranch === null ? place.id : null)
  if (scope === null && place.id !== null && place.newBranch === null) {
    requireRowsOrEmpty(archive, [...(await listTableNames(db, place.id)).keys()])
  }
  const groups = scope === null ? archive.contents.apiGroups : groupsOf(archive.contents, scope)
  const incoming = { apiGroups: groups, isSome: scope !== null }
  await requireCanonicals(db, incoming, body, place.id)
  const takenCanonicals = await findRenamed(db, caller, incoming, body, place.id)
  const restore = {
    backup_id: backup.id,
    workspace_id: place.id,
    workspace_name: place.name,
    into_new: place.id === null,
    new_branch: place.newBranch,
    // Whoever asks whether everything was restored looks whether this is null.
    tables: scope === null ? null : JSON.stringify(scope.tables ?? []),
    scope: scope === null ? null : JSON.stringify(scope),
    canonicals: body.canonicals,
    canonical_names: JSON.stringify({ ...body.canonicalNames, ...newNames(takenCanonicals) }),
    created_by: caller.label,
    created_at: now(),
  }
  const by = await lenderOf(db, caller)
  return { row: await startRestore(deps, restore, { password: body.password, by }), takenCanonicals }
}

async function readBackup(deps: CreateDeps, row: BackupRow, given: string): Promise<ReadArchive> {
  return explainDamage(deps, { row, password: given, isHasty: true }, async () => {
    const { source, password, manifest } = await openBackup(deps, row, given)
    return { manifest, contents: await readDefinitions(source, password, manifest) }
  })
}

async function findPlace(db: Db, caller: Caller, into: RestoreTarget): Promise<Place> {
  if ('newWorkspace' in into) {
    requireNewWorkspace(caller)
    return { id: null, name: into.newWorkspace, newBranch: null }
  }
  requireWorkspace(caller, into.workspaceId)
  const { id, name } = await getWorkspace(db, into.workspaceId)
  if ('newBranch' in into) {
    await requireFreeBranch(db, id, into.newBranch)
    return { id, name, newBranch: into.newBranch }
  }
  if (into.confirm !== name) {
    throw invalidInput('into.confirm', `Type the name of the workspace, "${name}", to confirm that it is overwritten.`)
  }
  return { id, name, newBranch: null }
}

async function requireFreeBranch(db: Db, workspaceId: number, label: string): Promise<void> {
  const branches = await db.selectFrom('branch').select('label').where('workspace_id', '=', workspaceId).execute()
  if (branches.every((branch) => branch.label.toLowerCase() !== label.toLowerCase())) return
  throw invalidInput('into.newBranch', `A branch with the label "${label}" exists already. Choose another label.`)
}

/** Making a workspace asks for more than writing into one. */
function requireNewWorkspace(caller: Caller): void {
  requireScope(caller, 'instance:workspace:create')
  if (caller.workspaces === 'all') return
  throw new AppError(
    'access_denied',
    'Access Denied. This token reaches chosen workspaces only, so it cannot make a new one.',
    { payload: { reason: 'workspace' } },
  )
}
