import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'

export const WhereForm = z
  .object({ kind: z.enum(['new', 'existing']), name: z.string(), workspaceId: z.string() })
  .superRefine(({ kind, name, workspaceId }, context) => {
    const named = DisplayName.safeParse(name)
    if (kind === 'new' && !named.success)
      context.addIssue({ code: 'custom', path: ['name'], message: named.error.issues[0]?.message ?? 'Give a name' })
    if (kind === 'existing' && workspaceId === '')
      context.addIssue({ code: 'custom', path: ['workspaceId'], message: 'Choose a workspace' })
  })
export type WhereForm = z.infer<typeof WhereForm>
