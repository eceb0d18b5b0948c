import { createHash } from 'node:crypto'

import { corrupted } from './archive-error.ts'
import { type ArchiveSource, openArchive } from './envelope.ts'
import { DEFINITION_MAX_BYTES } from './format.ts'
import type { Manifest } from './manifest.ts'
import { type ReadContents, readContents } from './read-contents.ts'
import { readTar, readWhole } from './tar.ts'

/**
 * Reads the definitions of an archive whose manifest is known and trusted, and nothing of its rows: definitions are its
 * first members. Throws `wrong_password`, and `bad_archive` where they are not what the manifest says.
 */
export async function readDefinitions(
  source: ArchiveSource,
  password: string,
  manifest: Manifest,
): Promise<ReadContents> {
  const wanted = new Map(
    manifest.members.filter(({ name }) => name.startsWith('definition/')).map(({ name, sha256 }) => [name, sha256]),
  )
  const texts = new Map<string, string>()
  const { tar } = await openArchive(source, password)
  try {
    for await (const member of readTar(tar)) {
      if (!wanted.has(member.name)) throw corrupted(`"${member.name}" stands where a definition should be`)
      const bytes = await readWhole(member, DEFINITION_MAX_BYTES)
      if (createHash('sha256').update(bytes).digest('hex') !== wanted.get(member.name)) {
        throw corrupted(`"${member.name}" is not what was written`)
      }
      texts.set(member.name, bytes.toString('utf8'))
      if (texts.size === wanted.size) break
    }
  } finally {
    await tar.return(undefined)
  }
  return readContents(manifest, texts)
}
