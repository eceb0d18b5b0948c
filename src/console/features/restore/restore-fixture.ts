import type { ArchiveDiff, TableDiff } from '#api/contract/diffs.ts'
import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

const summary: RestorePreview['summary'] = {
  format: 4,
  workspace: 'Shop',
  branch: 'v1',
  createdAt: '2026-11-20T02:00:00Z',
  tables: [],
  apiGroups: 0,
  apiGroupNames: [],
  constructs: 0,
  rows: 0,
  bytes: 0,
  includesRows: true,
  includesFiles: false,
  files: 0,
  filesLost: 0,
}

/** A table of a preview. */
export const previewTable = (
  name: string,
  effect: PreviewTable['effect'],
  rowsNow: number | null = null,
  rowsInArchive: number | null = null,
): PreviewTable => ({ name, effect, rowsNow, rowsInArchive })

/** A preview of nothing but these tables. */
export const preview = (tables: PreviewTable[], more: Partial<RestorePreview> = {}): RestorePreview => ({
  summary,
  target: { id: 1, name: 'Shop' },
  takenCanonicals: [],
  takenFiles: { count: 0, paths: [] },
  dependencies: {},
  expectedMs: null,
  tables,
  apiGroups: { added: [], replaced: [], removed: [] },
  constructs: { inArchive: 0, now: 0, draftsNow: 0, inRemovedGroups: 0 },
  files: { inArchive: null, now: 0 },
  choices: { apiGroups: [], constructs: [], files: [], filesTotal: 0, needs: [] },
  ...more,
})

/** A table that is the same on both sides, but for what is given. */
export const tableDiff = (table: string, more: Partial<TableDiff> = {}): TableDiff => ({
  table,
  effect: null,
  added: 0,
  changed: 0,
  removed: 0,
  same: 1,
  fields: [],
  samples: { added: [], changed: [], removed: [] },
  newestRemovedAt: null,
  ...more,
})

/** A diff of nothing, but for what is given. */
export const archiveDiff = (more: Partial<ArchiveDiff> = {}): ArchiveDiff => ({
  summary,
  workspace: { id: 1, name: 'Shop' },
  same: false,
  tables: [],
  definitions: [],
  files: { added: 0, changed: 0, removed: 0, same: 0, samples: [] },
  draftsNow: 0,
  ms: 1,
  ...more,
})
