/**
 * Version of the archive format that is written, and the newest that is read (architecture, section 6). Format 1 held
 * tables, rows and API groups; 2 holds constructs, stored files and realtime settings too, which a reader of format 1
 * would drop without a word.
 */
export const FORMAT_VERSION = 2
/** The first format that holds the constructs of its branch. */
export const FORMAT_WITH_CONSTRUCTS = 2

/** Ending of an archive's file name. */
export const ARCHIVE_ENDING = '.xano'

export const MANIFEST_NAME = 'manifest.json'
export const WORKSPACE_NAME = 'definition/workspace.xs'
export const BRANCH_NAME = 'definition/branch.xs'

const MIB = 1_048_576

/** Rows of a table are cut into members of about this size, so that a member's size is known before it is written. */
export const PART_BYTES = 16 * MIB

/** Bounds of what is read into memory; a workspace that exceeds them is not written. */
export const MANIFEST_MAX_BYTES = 32 * MIB
export const DEFINITION_MAX_BYTES = 32 * MIB
export const DEFINITIONS_MAX_BYTES = 128 * MIB

/** A member holds a part and at most one more row, which PostgreSQL limits to 1 GB. */
export const MEMBER_MAX_BYTES = 2_048 * MIB
export const MEMBERS_MAX = 200_000

/** More than this many bytes out of one, after the first 64 MB, is no honest archive. */
export const BOMB_RATIO = 1_000
export const BOMB_FLOOR_BYTES = 64 * MIB
