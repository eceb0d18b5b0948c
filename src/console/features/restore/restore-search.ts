import { z } from 'zod'

import { readParts, writeParts } from './parts-search.ts'
import { hasParts, type Parts, partsFor } from './parts.ts'
import { targetOf } from './target.ts'

export const STEPS = ['what', 'where', 'scope', 'preview', 'safety', 'confirm'] as const
export type Step = (typeof STEPS)[number]

/** The place of the list of restores in the first step, as the address names it. */
export const EARLIER_RESTORES = 'earlier-restores'

/** Kinds of parts, as the step "Scope" shows them. */
export const SECTIONS = ['tables', 'groups', 'constructs', 'files'] as const
export type Section = (typeof SECTIONS)[number]

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
  /** The parts that are on show in the step "Scope"; absent = the first that the target can take. */
  section: z.enum(SECTIONS).optional().catch(undefined),
})

/** What the address tells of a restore in the making; never its password. */
export interface RestoreSearch extends z.infer<typeof Single> {
  /** Undefined = everything; without anything in it = parts are to be chosen. */
  parts: Parts | undefined
  /** Typed canonicals by those in the archive. */
  canonicals: Record<string, string>
}

export function readRestoreSearch(params: URLSearchParams): RestoreSearch {
  const canonicals = params.getAll('canonical').map((pair) => [before(pair, ':'), after(pair, ':')])
  return {
    ...Single.parse(Object.fromEntries(params)),
    parts: readParts(params),
    canonicals: Object.fromEntries(canonicals) as Record<string, string>,
  }
}

export function writeRestoreSearch(search: RestoreSearch): URLSearchParams {
  const params = new URLSearchParams()
  const { backup, of, into, parts, canonicals, step } = search
  setText(params, 'backup', backup)
  if (backup === undefined) setText(params, 'of', of)
  setText(params, 'into', into)
  if (into === 'new') setText(params, 'name', search.name)
  if (typeof into === 'number') setText(params, 'branch', search.branch)
  writeParts(params, parts)
  for (const [from, to] of Object.entries(canonicals)) params.append('canonical', `${from}:${to}`)
  if (step !== 'what') params.set('step', step)
  if (step === 'scope') setText(params, 'section', search.section)
  setText(params, 'look', search.look)
  return params
}

function setText(params: URLSearchParams, key: string, value: string | number | undefined): void {
  if (value !== undefined && value !== '') params.set(key, String(value))
}

const before = (text: string, mark: string): string => text.split(mark, 1)[0] ?? ''
const after = (text: string, mark: string): string => text.slice(before(text, mark).length + mark.length)

/** The step that can be shown: each stands on what was chosen before it. */
export function reachableStep(search: RestoreSearch, isArchiveOpen: boolean): Step {
  if (search.backup === undefined || !isArchiveOpen || search.step === 'what') return 'what'
  const target = targetOf(search)
  if (target === undefined) return 'where'
  const parts = partsFor(search.parts, target)
  return parts !== undefined && !hasParts(parts) && search.step !== 'where' ? 'scope' : search.step
}
