import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { WorkspaceParams } from './workspaces.ts'

/** Parts of the context that are left out unless `include` names them. */
export const CONTEXT_PARTS = ['docs', 'xanoscript'] as const
export type ContextPart = (typeof CONTEXT_PARTS)[number]

const PARTS: readonly string[] = CONTEXT_PARTS

/** A comma list of parts; blanks around a name and empty names do not count. */
const Include = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  .refine((names) => names.every((name) => PARTS.includes(name)), `Only these parts are known: ${PARTS.join(', ')}`)
  .transform((names) => new Set(names as ContextPart[]))

/**
 * A map of a workspace for tools: what there is, how it is called and what it takes; no rows. JSON, or YAML as plain
 * text.
 */
export const getContext = endpoint({
  id: 'workspaceContext',
  summary: 'Map of a workspace for tools',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/context',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  query: z.object({
    branch: z.string().default(''),
    format: z.enum(['json', 'yaml']).default('yaml'),
    include: Include,
  }),
  reply: z.unknown(),
  replyKind: 'stream',
})
