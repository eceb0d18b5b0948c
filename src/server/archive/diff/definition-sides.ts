import type { Manifest } from '../manifest.ts'
import type { ReadContents } from '../read-contents.ts'
import type { WorkspaceContents } from '../snapshot.ts'

/** The definitions of an archive, and those of a workspace. */
export interface DefinitionSides {
  manifest: Manifest
  contents: ReadContents
  live: WorkspaceContents
}
