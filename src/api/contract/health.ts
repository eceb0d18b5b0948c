import { z } from 'zod'

import { endpoint } from './endpoint.ts'

/** The process answers. */
export const getHealth = endpoint({
  id: 'healthz',
  method: 'GET',
  path: '/healthz',
  scope: 'public',
  reply: z.object({ status: z.literal('ok') }),
})

/** The database answers and its migrations are done. */
export const getReadiness = endpoint({
  id: 'readyz',
  method: 'GET',
  path: '/readyz',
  scope: 'public',
  reply: z.object({ status: z.literal('ready'), version: z.string() }),
})
