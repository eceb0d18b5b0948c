/**
 * Version of the archive format that is written, and the newest that is read (architecture, section 6). Format 1 held
 * tables, rows and API groups; 2 holds constructs, stored files and realtime settings too; 3 holds the drafts of
 * constructs, and rows in the order of their ids. A reader of an earlier format would drop those without a word.
 */
export const FORMAT_VERSION = 3
/** The first format that holds the constructs of its branch. */
export const FORMAT_WITH_CONSTRUCTS = 2

/** Ending of an archive's file name. */
export const ARCHIVE_ENDING = '.xano'

export const MANIFEST_NAME = 'manifest.json'
export const WORKSPACE_NAME = 'definition/workspace.xs'
export const BRANCH_NAME = 'definition/branch.xs'

const MIB = 1_048_576

/**
 * Rows of a table are cut into members of at most this size, so that a member's size is known before it is written. Two
 * of them are held in memory; the members of 500 GB of rows still fit the manifest.
 */
export const PART_BYTES = 4 * MIB

/** Bounds of what is read into memory; a workspace that exceeds them is not written. */
export const MANIFEST_MAX_BYTES = 32 * MIB
export const DEFINITION_MAX_BYTES = 32 * MIB
export const DEFINITIONS_MAX_BYTES = 128 * MIB

/** A member may be a single row, which PostgreSQL limits to 1 GB. */
export const MEMBER_MAX_BYTES = 2_048 * MIB
export const MEMBERS_MAX = 200_000

/** More than this many bytes out of one, after the first 64 MB, is no honest archive. */
export const BOMB_RATIO = 1_000
export const BOMB_FLOOR_BYTES = 64 * MIB
