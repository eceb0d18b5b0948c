import type pg from 'pg'

import type { ConstructName, RowsMode } from '#api/contract/restore-scope.ts'
import type { MergedTable, RenamedCanonical, RenamedFile } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import type { Storage } from '../storage/storage.ts'
import type { ArchiveSource } from './envelope.ts'
import type { IdBook } from './import-ids.ts'
import type { CanonicalChoice } from './replace-api-groups.ts'

/** Where an archive goes: a workspace that is made for it, or one that it replaces. */
export type ImportTarget = { newWorkspace: string } | { workspaceId: number }

export interface ImportProgress {
  stage: 'definitions' | 'rows' | 'keys' | 'swapping'
  current: string | null
  tablesDone: number
  tablesTotal: number
  rows: number
  rowsTotal: number
}

/** What an import did that nobody else can tell. */
export interface ImportOutcome {
  /** API groups that got another canonical than the archive says. */
  renamed: RenamedCanonical[]
  /** Ids of what the workspace had and has no more, for an undo. */
  gone: IdBook
  /** What of a choice was written or taken away; nothing where everything was. */
  touched: Touched
  /** What became of the rows of tables that were merged. */
  merged: MergedTable[]
  /** Stored files that got another path than the archive says. */
  renamedFiles: RenamedFile[]
}

/** What a rehearsal may look at: a workspace as it would be, which nobody else sees. */
export interface Rehearsed {
  client: pg.ClientBase
  workspaceId: number
}

/** Tables by their names; case does not matter. */
export interface TableChoice {
  names: readonly string[]
  /** Those that the archive does not hold are removed: they are what a restore had added. Otherwise they are refused. */
  removesMissing: boolean
  /** What becomes of the rows of tables that are there; absent = they are replaced. */
  rows?: RowsMode
  /** Of these tables, by name, only the rows with these ids. */
  rowIds?: Readonly<Record<string, readonly RowId[]>> | undefined
  /** True = values of columns that a table lacks are left behind where rows are merged; otherwise they are refused. */
  dropColumns?: boolean | undefined
}

/** The id of a row: a number, or a text where it is a uuid or a number beyond what JSON can hold. */
export type RowId = number | string

/**
 * API groups with their endpoints, other constructs, and stored files, by their names; case does not matter but for the
 * paths of files. What is left out stays as it is.
 */
export interface PartChoice {
  apiGroups?: readonly string[] | undefined
  constructs?: readonly ConstructName[] | undefined
  files?: 'all' | readonly string[] | undefined
}

/**
 * What a restore of a choice wrote or took away, by what finds it again whatever it is called: guids of API groups, kind
 * and guid of constructs outside them, paths of stored files.
 */
export interface Touched {
  groups: string[]
  constructs: string[]
  files: string[]
}

export const NOTHING_TOUCHED: Touched = { groups: [], constructs: [], files: [] }

export interface ImportRequest {
  source: ArchiveSource
  /** Of the bytes that were verified, in hex digits: nothing else may come from the source. Absent = not known. */
  sha256?: string | undefined
  password: string
  target: ImportTarget
  now: Date
  /** The store of stored files; an archive that holds some is refused without it. */
  files?: Storage | undefined
  /** Only these tables with their rows, and `parts`; nothing else of the archive. */
  tables?: TableChoice | undefined
  /**
   * Only these parts, and `tables`. Of an undo, what was touched: that comes back, and what the archive lacks of it is
   * removed.
   */
  parts?: PartChoice | Touched | undefined
  /** Absent = a new random one for each that is taken. */
  canonicals?: CanonicalChoice | undefined
  /** Ids that an earlier restore took away. */
  remembered?: IdBook | undefined
  onProgress?: (progress: ImportProgress) => void
  /** Runs as the last statement of the transaction, so that what it writes is true exactly when the import is. */
  beforeCommit?: (db: Db, workspaceId: number, outcome: ImportOutcome) => Promise<void>
  /** Nothing is kept: this looks at the rows once they and their keys are there, and all of it is rolled back. */
  rehearse?: (rehearsed: Rehearsed) => Promise<void>
  signal?: AbortSignal | undefined
}
