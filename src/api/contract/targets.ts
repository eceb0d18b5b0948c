import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { DisplayName } from './names.ts'

/** A folder of the machine that Metadeck runs on: a mounted disk, a network share. */
export const FolderSettings = z.strictObject({
  kind: z.literal('folder'),
  /** Absolute. */
  path: z.string().min(1).max(1_000),
})

/** An address and nothing else: user and password would be shown to everybody who sees the target. */
const BARE_ADDRESS = /^[^/]+\/\/[^/@?#]+(\/[^?#]*)?$/

/** A bucket of an S3-compatible store. */
export const S3Settings = z.strictObject({
  kind: z.literal('s3'),
  /** Empty = the address of Amazon for the region. */
  endpoint: z
    .union([
      z.literal(''),
      z
        .url({ protocol: /^https?$/ })
        .regex(BARE_ADDRESS, 'Give the address alone, without a user, a password or a query'),
    ])
    .default(''),
  region: z.string().min(1).max(100).default('us-east-1'),
  bucket: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/, 'At least 3 letters, digits, hyphens, underscores and dots'),
  /** In front of every object's name; with its slash, where it is a folder. */
  prefix: z
    .string()
    .max(500)
    .regex(/^(?!\/)[^\p{Cc}]*$/u, 'No slash at its beginning, no control characters')
    .default(''),
  /** Bucket in the path instead of the host name: what most stores but Amazon's want. */
  pathStyle: z.boolean().default(true),
  accessKeyId: z.string().min(1).max(500),
})

export const TargetSettings = z.discriminatedUnion('kind', [FolderSettings, S3Settings])
export type TargetSettings = z.infer<typeof TargetSettings>
export type S3Settings = z.infer<typeof S3Settings>

/** The steps of a test in order; the first that is not ok is the last that was tried. */
export const TargetTest = z.object({
  ok: z.boolean(),
  at: z.iso.datetime(),
  ms: z.number().int(),
  steps: z.array(z.object({ step: z.enum(['write', 'read', 'delete']), ok: z.boolean(), message: z.string() })),
})
export type TargetTest = z.infer<typeof TargetTest>

/** A place for archives. The secret access key is never answered. */
export const Target = z.object({
  /** Null = the folder of the instance, which is always there. */
  id: z.number().int().nullable(),
  name: z.string(),
  settings: TargetSettings,
  hasSecret: z.boolean(),
  lastTest: TargetTest.nullable(),
  /** What lies there, and who writes there. */
  backups: z.number().int(),
  bytes: z.number().int(),
  schedules: z.array(z.object({ id: z.number().int(), name: z.string() })),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
})
export type Target = z.infer<typeof Target>

export const SaveTarget = z.strictObject({
  name: DisplayName,
  settings: TargetSettings,
  /** The secret access key of S3. Absent in a change = stays. */
  secret: z.string().max(1_000).optional(),
})
export type SaveTarget = z.input<typeof SaveTarget>

const TargetParams = z.object({ id: IdParam })

/**
 * Targets reach beyond any workspace: all of these ask for a caller who reaches every workspace. Folders of the server and
 * hosts of its network are for who runs it: what makes, changes, removes or tries a target is for owners and admins, and
 * for their tokens.
 */
export const listTargets = endpoint({
  id: 'targetList',
  method: 'GET',
  path: '/api:console/targets',
  scope: 'instance:workspace:read',
  reply: z.object({ items: z.array(Target) }),
})

export const getTarget = endpoint({
  id: 'targetGet',
  method: 'GET',
  path: '/api:console/targets/{id}',
  scope: 'instance:workspace:read',
  params: TargetParams,
  reply: Target,
})

export const createTarget = endpoint({
  id: 'targetCreate',
  method: 'POST',
  path: '/api:console/targets',
  scope: 'instance:workspace:create',
  role: 'admin',
  changes: ['targets'],
  body: SaveTarget,
  reply: Target,
  status: 201,
})

/**
 * Without `secret` the known one stays; a changed address or access key ID asks for it again, so that it never goes
 * to somebody else. While archives lie in it a target cannot become another place: 409.
 */
export const updateTarget = endpoint({
  id: 'targetUpdate',
  method: 'PUT',
  path: '/api:console/targets/{id}',
  scope: 'instance:workspace:update',
  role: 'admin',
  changes: ['targets'],
  params: TargetParams,
  body: SaveTarget,
  reply: Target,
})

/** Refused with 409 while backups lie there or a schedule writes there. */
export const deleteTarget = endpoint({
  id: 'targetDelete',
  method: 'DELETE',
  path: '/api:console/targets/{id}',
  scope: 'instance:workspace:delete',
  role: 'admin',
  changes: ['targets'],
  params: TargetParams,
  reply: z.null(),
})

/** Writes, reads and deletes an object in a target that is saved. A failing test is an answer, not an error. */
export const testTarget = endpoint({
  id: 'targetTest',
  method: 'POST',
  path: '/api:console/targets/{id}/test',
  scope: 'instance:workspace:update',
  role: 'admin',
  changes: ['targets'],
  params: TargetParams,
  reply: TargetTest,
})

/** The same before it is saved. `targetId` names the saved one whose secret is meant where `secret` is absent. */
export const tryTarget = endpoint({
  id: 'targetTry',
  method: 'POST',
  path: '/api:console/targets/test',
  scope: 'instance:workspace:update',
  role: 'admin',
  body: z.strictObject({
    settings: TargetSettings,
    secret: z.string().max(1_000).optional(),
    targetId: z.number().int().positive().nullish(),
  }),
  reply: TargetTest,
})
