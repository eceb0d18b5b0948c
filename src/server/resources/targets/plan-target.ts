import type { S3Settings, SaveTarget, TargetSettings } from '#api/contract/targets.ts'

import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { isMarked, prepareFolderTarget, requireTargetPath } from '../../storage/folder-target.ts'
import { settingsOf, type TargetFields, type TargetRow } from './store.ts'

type PlanDeps = Pick<Deps, 'vault' | 'config'>
type Known = Pick<TargetRow, 'settings' | 'sealed_secret'>

/**
 * What a target is to be: its settings checked, its secret sealed, its folder made and marked where it is new. `known`
 * is what it is now; null = nothing yet. Throws 400.
 */
export async function planTarget(
  { vault, config }: PlanDeps,
  { name, settings, secret }: { name: string; settings: TargetSettings; secret?: SaveTarget['secret'] },
  known: Known | null,
): Promise<TargetFields> {
  if (settings.kind === 's3') {
    const isGiven = secret !== undefined && secret !== ''
    return { name, settings, sealed_secret: isGiven ? vault.seal(secret) : knownSecret(settings, known) }
  }
  await requireTargetPath(settings.path, config.dataDir)
  // A folder that is kept is not marked again: its disk may be away just now.
  if (known === null || isOtherFolder(settings, settingsOf(known))) {
    await prepareFolderTarget(settings.path).catch((error: unknown) => {
      throw error instanceof AppError ? invalidInput('settings.path', error.message) : error
    })
  }
  return { name, settings, sealed_secret: null }
}

/**
 * The secret that is kept, sealed, for settings that came without one. It belongs to an address and an access key ID:
 * with others it is not used, so that nobody can have it sent to an address of their own. Throws 400.
 */
export function knownSecret(settings: S3Settings, known: Known | null): string {
  const before = known === null ? undefined : settingsOf(known)
  if (before?.kind !== 's3' || known?.sealed_secret == null)
    throw invalidInput('secret', 'Enter the secret access key that belongs to this access key ID.')
  if (before.endpoint === settings.endpoint && before.accessKeyId === settings.accessKeyId) return known.sealed_secret
  throw invalidInput(
    'secret',
    'The address or the access key ID is another one: enter the secret access key again. The one that is kept belongs to the former.',
  )
}

/** True where archives that were written before would not be found any more. An address alone may change: stores move. */
export async function isOtherPlace(before: TargetSettings, after: TargetSettings): Promise<boolean> {
  if (before.kind === 's3' && after.kind === 's3')
    return before.bucket !== after.bucket || before.prefix !== after.prefix
  if (before.kind === 's3' || after.kind === 's3') return true
  // A disk that is mounted elsewhere now brings its mark along.
  return before.path !== after.path && !(await isMarked(after.path))
}

function isOtherFolder(after: TargetSettings, before: TargetSettings): boolean {
  return before.kind !== 'folder' || after.kind !== 'folder' || before.path !== after.path
}
