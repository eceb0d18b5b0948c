import { z } from 'zod'

import { endpoint } from './endpoint.ts'

export const Me = z.object({
  id: z.number().int(),
  name: z.string(),
  email: z.string(),
  extras: z.looseObject({}),
})
export type Me = z.infer<typeof Me>

/** `meta_api` is the base of the instance's own API and ends with `/api:meta`. */
export const Instance = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  name: z.string(),
  display: z.string(),
  xano_domain: z.string().optional(),
  custom_domain: z.string().nullish(),
  meta_api: z.string(),
  meta_swagger: z.string().optional(),
})
export type Instance = z.infer<typeof Instance>

export const getMe = endpoint({
  id: 'authMe',
  summary: 'Who is calling.',
  method: 'GET',
  path: '/api:meta/auth/me',
  scope: 'any',
  reply: Me,
})

export const listInstances = endpoint({
  id: 'instanceList',
  summary: 'Instances in reach.',
  method: 'GET',
  path: '/api:meta/instance',
  scope: 'any',
  reply: z.array(Instance),
})

export const getInstance = endpoint({
  id: 'instanceGet',
  summary: 'One instance by name.',
  method: 'GET',
  path: '/api:meta/instance/{name}',
  scope: 'any',
  params: z.object({ name: z.string() }),
  reply: Instance,
})
