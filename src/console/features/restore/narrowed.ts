import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import type { RestorePreview } from '#api/contract/restores.ts'

import { constructKey, type Parts } from './parts.ts'

/** What a restore of the chosen parts would do, of all that a restore of everything would. */
export function narrowed(preview: RestorePreview, parts: Parts | undefined): RestorePreview {
  if (parts === undefined) return preview
  const tables = new Set(parts.tables)
  const groups = new Set(parts.apiGroups)
  const choices = chosenOf(preview.choices, parts)
  const namesOf = (effect: 'added' | 'replaced') =>
    choices.apiGroups.filter((group) => group.effect === effect).map(({ name }) => name)
  return {
    ...preview,
    tables: preview.tables.filter(({ name, effect }) => tables.has(name) && effect !== 'removed'),
    apiGroups: { added: namesOf('added'), replaced: namesOf('replaced'), removed: [] },
    takenCanonicals: preview.takenCanonicals.filter(({ group }) => groups.has(group)),
    choices,
    takenFiles: takenOf(preview, parts),
  }
}

/** Of many that are taken only the first are known by their paths. */
function takenOf({ takenFiles }: RestorePreview, { files }: Parts): RestorePreview['takenFiles'] {
  if (files === 'all') return takenFiles
  const paths = takenFiles.paths.filter((path) => files.includes(path))
  return { count: paths.length, paths }
}

/** Of the things that can be chosen those that are. One whose name is taken is only restored where it is free by then. */
function chosenOf(choices: ScopeChoices, parts: Parts): ScopeChoices {
  const groups = new Set(parts.apiGroups)
  const constructs = new Set(parts.constructs.map(constructKey))
  const files = parts.files === 'all' ? null : new Set(parts.files)
  return {
    ...choices,
    apiGroups: choices.apiGroups.filter(({ name }) => groups.has(name)).map(freed),
    constructs: choices.constructs.filter((one) => constructs.has(constructKey(one))).map(freed),
    files: files === null ? choices.files : choices.files.filter(({ path }) => files.has(path)),
    filesTotal: files === null ? choices.filesTotal : files.size,
  }
}

const freed = <One extends { effect: 'added' | 'replaced' | 'blocked' }>(one: One): One =>
  one.effect === 'blocked' ? { ...one, effect: 'replaced' } : one
