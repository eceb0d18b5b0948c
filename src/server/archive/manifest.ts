import { z } from 'zod'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import { ContentName, Identifier, Label } from '#api/contract/names.ts'
import { CONSTRUCT_KINDS } from '#xanoscript/construct-kinds.ts'

import { archiveTooNew, badArchive } from './archive-error.ts'
import { FORMAT_VERSION, FORMAT_WITH_CONSTRUCTS } from './format.ts'
import { isStorable } from './read-document.ts'

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const MemberName = z.string().min(1).max(250)
const Guid = z.string().max(200)

const ManifestMember = z.object({
  name: MemberName,
  size: Count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Rows of a table in one data source, in parts that follow each other. */
const ManifestRows = z.object({
  dataSource: Label,
  count: Count,
  /** The id that the next row would get. */
  nextId: Count,
  /** `id` where the rows follow each other as PostgreSQL orders their ids: numbers by value, uuids by their bytes. */
  order: z.literal('id').optional(),
  members: z.array(MemberName).min(1),
})
export type ManifestRows = z.infer<typeof ManifestRows>

/** What a XanoScript table cannot hold: whatever differs after reading its document back. */
const Leftover = z.record(z.string(), z.unknown())
export type Leftover = z.infer<typeof Leftover>

const ManifestTable = z.object({
  name: Identifier,
  guid: Guid,
  definition: MemberName,
  /** The table's documentation, a Markdown file. */
  docs: MemberName.nullable(),
  /** The API group that the table is tied to. */
  apiGroupGuid: Guid.nullish(),
  settings: z.object({
    autocomplete: z.array(z.object({ name: z.string() })),
    columns: z.record(z.string(), Leftover),
    indexes: z.array(Leftover),
  }),
  rows: z.array(ManifestRows),
})
export type ManifestTable = z.infer<typeof ManifestTable>

const ManifestApiGroup = z.object({
  name: ContentName,
  guid: Guid,
  definition: MemberName,
  documentation: z.object({ require_token: z.boolean() }).optional(),
})

/**
 * A construct by what finds it. Its document is the published text as it is stored, byte for byte, and so is its draft
 * where it has one; a guid that the text does not say is told here.
 */
const ManifestConstruct = z.object({
  kind: z.enum(CONSTRUCT_KINDS),
  name: z.string().min(1).max(1_000),
  /** Of a query, as is the name of its API group; null for every other kind. */
  verb: z
    .string()
    .regex(/^[A-Z]{1,20}$/)
    .nullable(),
  group: z.string().nullable(),
  guid: Guid.min(1),
  definition: MemberName,
  draft: MemberName.nullable().default(null),
})
export type ManifestConstruct = z.infer<typeof ManifestConstruct>

/** A stored file; size and checksum of its bytes are those of the member. */
const ManifestFile = z.object({
  name: z.string().min(1).max(1_000),
  type: z.enum(['image', 'video', 'audio', 'attachment']),
  mime: z.string().max(200),
  access: z.enum(['public', 'private']),
  /** Its address below the origin. */
  path: z.string().regex(/^\/vault\/[A-Za-z0-9]{1,100}\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/),
  meta: z.record(z.string(), z.unknown()),
  created: z.iso.datetime(),
  member: MemberName.regex(/^files\//),
})
export type ManifestFile = z.infer<typeof ManifestFile>

/** What is in the archive and what is not, in words, so that nobody takes it for more than it is. */
const Coverage = z.object({
  included: z.array(z.object({ what: z.string(), count: Count.nullable() })),
  missing: z.array(z.object({ what: z.string(), why: z.string() })),
})
export type Coverage = z.infer<typeof Coverage>

/** `manifest.json`, the last member of an archive. */
export const Manifest = z.object({
  format: z.number().int().min(1).max(FORMAT_VERSION),
  /** The release that wrote it. */
  metadeck: z.string().max(100),
  created: z.iso.datetime(),
  workspace: z.object({
    name: ContentName,
    guid: Guid,
    settings: z.object({
      swagger: z.boolean(),
      documentation: z.object({ require_token: z.boolean() }),
      preferences: z.object({ allow_push: z.boolean() }),
      realtime: z.object({ enabled: z.boolean(), hash: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }).optional(),
    }),
  }),
  branch: z.object({ label: Label, guid: Guid }),
  dataSources: z.array(z.object({ label: Label, color: z.string().max(50) })).max(1_000),
  includesRows: z.boolean(),
  tables: z.array(ManifestTable),
  apiGroups: z.array(ManifestApiGroup),
  constructs: z.array(ManifestConstruct).default([]),
  /** Without files in it an archive says nothing of them, and those of the workspace stay as they are. */
  includesFiles: z.boolean().default(false),
  files: z.array(ManifestFile).default([]),
  /** `bytes` is the size of all members but this one, before compression. */
  counts: z.object({
    tables: Count,
    apiGroups: Count,
    constructs: Count.default(0),
    files: Count.default(0),
    /** Stored files whose bytes were not there: `coverage` names them. */
    filesLost: Count.default(0),
    rows: Count,
    bytes: Count,
  }),
  coverage: Coverage,
  members: z.array(ManifestMember),
})
export type Manifest = z.infer<typeof Manifest>

/** Reads a manifest. A newer format is told apart before anything else of it is looked at. */
export function parseManifest(bytes: Buffer): Manifest {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw badArchive('bad_manifest', 'The table of contents of the archive (manifest.json) is not JSON.', error)
  }
  const version = z.object({ format: z.number().int().min(1) }).safeParse(json)
  if (!version.success) throw badArchive('bad_manifest', 'The table of contents of the archive names no format.')
  if (version.data.format > FORMAT_VERSION) throw archiveTooNew(version.data.format, FORMAT_VERSION)
  const parsed = Manifest.safeParse(json)
  if (parsed.success && isStorable(parsed.data)) return parsed.data
  if (parsed.success) throw badArchive('bad_manifest', 'A text in the table of contents of the archive cannot be kept.')
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw badArchive('bad_manifest', `The table of contents of the archive is not valid at "${where}".`)
}

/** The manifest in short, as the API answers it. */
export function summaryOf(manifest: Manifest): ArchiveSummary {
  return {
    format: manifest.format,
    workspace: manifest.workspace.name,
    branch: manifest.branch.label,
    createdAt: manifest.created,
    tables: manifest.tables.flatMap((table) =>
      manifest.includesRows
        ? table.rows.map(({ dataSource, count }) => ({ name: table.name, dataSource, rows: count }))
        : [{ name: table.name, dataSource: '', rows: 0 }],
    ),
    apiGroups: manifest.counts.apiGroups,
    apiGroupNames: manifest.apiGroups.map(({ name }) => name),
    constructs: manifest.format < FORMAT_WITH_CONSTRUCTS ? null : manifest.counts.constructs,
    rows: manifest.counts.rows,
    bytes: manifest.counts.bytes,
    includesRows: manifest.includesRows,
    includesFiles: manifest.includesFiles,
    files: manifest.counts.files,
    filesLost: manifest.counts.filesLost,
  }
}
