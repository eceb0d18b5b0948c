import { isDeepStrictEqual } from 'node:util'

import type { ArchiveDiff } from '#api/contract/diffs.ts'

import type { Manifest, ManifestFile } from '../manifest.ts'
import type { WorkspaceContents } from '../snapshot.ts'

type LiveFile = WorkspaceContents['files'][number]
type FilesDiff = ArchiveDiff['files']

/** Nothing is said of files. */
export const NO_FILES: FilesDiff = { added: 0, changed: 0, removed: 0, same: 0, samples: [] }

/** What a restore would do to the stored files, by their addresses. An archive without files leaves them alone. */
export function compareFiles(manifest: Manifest, live: readonly LiveFile[], samplesMax: number): FilesDiff {
  const diff: FilesDiff = { ...NO_FILES, samples: [] }
  if (!manifest.includesFiles) return { ...diff, same: live.length }
  const members = new Map(manifest.members.map((member) => [member.name, member]))
  const before = new Map(live.map((file) => [file.path, file]))
  const note = (effect: 'added' | 'changed' | 'removed', name: string, size: number): void => {
    diff[effect] += 1
    if (diff[effect] <= samplesMax) diff.samples.push({ name, effect, size })
  }
  for (const file of manifest.files) {
    const old = before.get(file.path)
    before.delete(file.path)
    const member = members.get(file.member)
    if (old === undefined) note('added', file.name, member?.size ?? 0)
    else if (isSame(file, member?.sha256, old)) diff.same += 1
    else note('changed', file.name, member?.size ?? 0)
  }
  for (const { name, size } of before.values()) note('removed', name, size)
  return diff
}

function isSame(file: ManifestFile, sha256: string | undefined, old: LiveFile): boolean {
  return (
    sha256 === old.sha256 &&
    file.name === old.name &&
    file.type === old.type &&
    file.mime === old.mime &&
    file.access === old.access &&
    isDeepStrictEqual(file.meta, old.meta)
  )
}
