import type { DefinitionDiff } from '#api/contract/diffs.ts'

import type { PatchWriter } from './patch.ts'

/** Two texts of one thing as a difference; nothing where they are the same. Null for a side that does not have it. */
export function compareTexts(
  which: Pick<DefinitionDiff, 'kind' | 'name'>,
  live: string | null,
  archived: string | null,
  patches: PatchWriter,
): DefinitionDiff[] {
  if (live === archived) return []
  const effect = live === null ? 'added' : archived === null ? 'removed' : 'changed'
  return [{ ...which, effect, patch: patches.write(which.name, live, archived) }]
}
