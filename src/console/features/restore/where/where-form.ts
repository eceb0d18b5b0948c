import { z } from 'zod'

import { ContentName, Label } from '#api/contract/names.ts'

import type { RestoreSearch } from '../restore-search.ts'

/** Where a restore goes, as it is filled in; only the fields of the chosen kind count. */
export const WhereForm = z
  .object({ kind: z.enum(['new', 'existing', 'branch']), name: z.string(), workspaceId: z.string(), label: z.string() })
  .superRefine(({ kind, name, workspaceId, label }, context) => {
    const refuse = (path: string, message = 'Give a name') =>
      context.addIssue({ code: 'custom', path: [path], message })
    const named = ContentName.safeParse(name)
    if (kind === 'new' && !named.success) refuse('name', named.error.issues[0]?.message)
    if (kind !== 'new' && workspaceId === '') refuse('workspaceId', 'Choose a workspace')
    const labelled = Label.safeParse(label)
    if (kind === 'branch' && !labelled.success) refuse('label', labelled.error.issues[0]?.message)
  })
export type WhereForm = z.infer<typeof WhereForm>

/** The form as the address has it; `proposed` is for what is not there yet, `canMake` says whether a new workspace may be. */
export function whereDefaults(
  { into, name, branch }: Pick<RestoreSearch, 'into' | 'name' | 'branch'>,
  proposed: { name: string; workspaceId: number | null; label: string },
  canMake = true,
): WhereForm {
  const existing = branch === '' ? 'existing' : 'branch'
  const workspaceId = typeof into === 'number' ? into : proposed.workspaceId
  return {
    kind: typeof into === 'number' || !canMake ? existing : 'new',
    name: name === '' ? proposed.name : name,
    workspaceId: workspaceId === null ? '' : String(workspaceId),
    label: branch === '' ? proposed.label : branch,
  }
}

/** What the address says of it. */
export function whereSearch({ kind, name, workspaceId, label }: WhereForm) {
  if (kind === 'new') return { into: 'new', name: name.trim(), branch: '' } as const
  return { into: Number(workspaceId), name: '', branch: kind === 'branch' ? label.trim() : '' }
}
