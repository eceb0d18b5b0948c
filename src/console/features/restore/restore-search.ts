import { z } from 'zod'

export const STEPS = ['what', 'where', 'preview', 'confirm'] as const
export type Step = (typeof STEPS)[number]

/** What the address tells of a restore in the making; never its password. */
const RestoreSearch = z.object({
  backup: z.coerce.number().int().positive().optional().catch(undefined),
  into: z
    .union([z.literal('new'), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  /** Name of the new workspace. */
  name: z.string().trim().max(200).catch(''),
  step: z.enum(STEPS).catch('what'),
})
export type RestoreSearch = z.infer<typeof RestoreSearch>

export const readRestoreSearch = (params: URLSearchParams): RestoreSearch =>
  RestoreSearch.parse(Object.fromEntries(params))

export function writeRestoreSearch(search: RestoreSearch): URLSearchParams {
  const params = new URLSearchParams()
  if (search.backup !== undefined) params.set('backup', String(search.backup))
  if (search.into !== undefined) params.set('into', String(search.into))
  if (search.into === 'new' && search.name !== '') params.set('name', search.name)
  if (search.step !== 'what') params.set('step', search.step)
  return params
}

/** Where it goes, once that is known. */
export type Target = { kind: 'new'; name: string } | { kind: 'existing'; workspaceId: number }

export function targetOf({ into, name }: RestoreSearch): Target | undefined {
  if (into === 'new') return name === '' ? undefined : { kind: 'new', name }
  return into === undefined ? undefined : { kind: 'existing', workspaceId: into }
}

/** The step that can be shown: an archive must be chosen and open, and a target chosen, before what follows. */
export function reachableStep(search: RestoreSearch, isArchiveOpen: boolean): Step {
  if (search.backup === undefined || !isArchiveOpen) return 'what'
  if (targetOf(search) === undefined && search.step !== 'what') return 'where'
  return search.step
}
