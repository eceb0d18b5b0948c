import { z } from 'zod'

import { endpoint } from './endpoint.ts'

/** Makes the sample workspace through the public API; answers once it is whole. */
export const createSample = endpoint({
  id: 'sampleCreate',
  method: 'POST',
  path: '/api:console/sample',
  scope: 'session',
  role: 'admin',
  reply: z.object({ workspaceId: z.number().int(), tables: z.number().int(), rows: z.number().int() }),
  status: 201,
})
