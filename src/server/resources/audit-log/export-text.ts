import type { AuditEntry } from '#api/contract/audit-console.ts'

export type ExportFormat = 'ndjson' | 'csv'

const CSV_COLUMNS: Record<string, (entry: AuditEntry) => unknown> = {
  sequence: (entry) => entry.sequence,
  at: (entry) => entry.at,
  outcome: (entry) => entry.outcome,
  type: (entry) => entry.type,
  action: (entry) => entry.action,
  message: (entry) => entry.message,
  actor_kind: ({ actor }) => actor.kind,
  actor_id: ({ actor }) => actor.id,
  actor: ({ actor }) => actor.label,
  person_id: ({ actor }) => actor.person?.id,
  person: ({ actor }) => actor.person?.email,
  workspace_id: ({ workspace }) => workspace?.id,
  workspace: ({ workspace }) => workspace?.name,
  target_kind: ({ target }) => target?.kind,
  target_id: ({ target }) => target?.id,
  target: ({ target }) => target?.name,
  before: (entry) => entry.before,
  after: (entry) => entry.after,
  detail: (entry) => entry.detail,
  address: (entry) => entry.address,
  request_id: (entry) => entry.requestId,
  id: (entry) => entry.id,
  previous_hash: (entry) => entry.previousHash,
  hash: (entry) => entry.hash,
}

/** What a file begins with, before any record. */
export function exportHead(format: ExportFormat): string {
  return format === 'csv' ? csvLine(Object.keys(CSV_COLUMNS)) : ''
}

/** One record as a line of the file, with its line end. */
export function exportLine(format: ExportFormat, entry: AuditEntry): string {
  if (format === 'ndjson') return `${JSON.stringify(entry)}\n`
  return csvLine(Object.values(CSV_COLUMNS).map((read) => textOf(read(entry))))
}

/** RFC 4180. */
function csvLine(values: readonly string[]): string {
  return `${values.map((value) => `"${withoutFormula(value).replaceAll('"', '""')}"`).join(',')}\r\n`
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * A spreadsheet runs what begins as a formula, also behind blanks and as full-width characters: an apostrophe in front
 * makes it a text.
 */
function withoutFormula(value: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value
}
