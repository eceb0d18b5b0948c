import { z } from 'zod'

export const STEPS = ['what', 'where', 'scope', 'preview', 'safety', 'confirm'] as const
export type Step = (typeof STEPS)[number]

const Id = z.coerce.number().int().positive().optional().catch(undefined)

const Single = z.object({
  backup: Id,
  /** Backups of this workspace only are offered. */
  of: Id,
  into: z
    .union([z.literal('new'), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  /** Name of the new workspace. */
  name: z.string().trim().max(200).catch(''),
  /** Label of the new branch of the workspace `into`. */
  branch: z.string().trim().max(40).catch(''),
  step: z.enum(STEPS).catch('what'),
  /** The difference that is open: `table:orders`, `definition:function:sum`. */
  look: z.string().catch(''),
})

/** What the address tells of a restore in the making; never its password. */
export interface RestoreSearch extends z.infer<typeof Single> {
  /** Undefined = everything; an empty list = tables are to be chosen. */
  tables: string[] | undefined
  /** Typed canonicals by those in the archive. */
  canonicals: Record<string, string>
}

export function readRestoreSearch(params: URLSearchParams): RestoreSearch {
  const tables = params.getAll('tables')
  const canonicals = params.getAll('canonical').map((pair) => [before(pair, ':'), after(pair, ':')])
  return {
    ...Single.parse(Object.fromEntries(params)),
    tables: tables.length === 0 ? undefined : [...new Set(tables.filter((name) => name !== ''))],
    canonicals: Object.fromEntries(canonicals) as Record<string, string>,
  }
}

export function writeRestoreSearch(search: RestoreSearch): URLSearchParams {
  const params = new URLSearchParams()
  const { backup, of, into, tables, canonicals, step } = search
  setText(params, 'backup', backup)
  if (backup === undefined) setText(params, 'of', of)
  setText(params, 'into', into)
  if (into === 'new') setText(params, 'name', search.name)
  if (typeof into === 'number') setText(params, 'branch', search.branch)
  // One empty name stands for a choice that was not made yet.
  for (const name of tables?.length === 0 ? [''] : (tables ?? [])) params.append('tables', name)
  for (const [from, to] of Object.entries(canonicals)) params.append('canonical', `${from}:${to}`)
  if (step !== 'what') params.set('step', step)
  setText(params, 'look', search.look)
  return params
}

function setText(params: URLSearchParams, key: string, value: string | number | undefined): void {
  if (value !== undefined && value !== '') params.set(key, String(value))
}

const before = (text: string, mark: string): string => text.split(mark, 1)[0] ?? ''
const after = (text: string, mark: string): string => text.slice(before(text, mark).length + mark.length)

/** Where it goes, once that is known. */
export type Target =
  | { kind: 'new'; name: string }
  | { kind: 'existing'; workspaceId: number }
  | { kind: 'branch'; workspaceId: number; label: string }

export function targetOf({ into, name, branch }: Pick<RestoreSearch, 'into' | 'name' | 'branch'>): Target | undefined {
  if (into === 'new') return name === '' ? undefined : { kind: 'new', name }
  if (into === undefined) return undefined
  return branch === '' ? { kind: 'existing', workspaceId: into } : { kind: 'branch', workspaceId: into, label: branch }
}

/** The step that can be shown: each stands on what was chosen before it. */
export function reachableStep(search: RestoreSearch, isArchiveOpen: boolean): Step {
  if (search.backup === undefined || !isArchiveOpen || search.step === 'what') return 'what'
  const target = targetOf(search)
  if (target === undefined) return 'where'
  const lacksTables = search.tables?.length === 0 && target.kind !== 'branch'
  return lacksTables && search.step !== 'where' ? 'scope' : search.step
}
