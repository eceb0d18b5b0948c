import type { BlockList } from 'node:net'
import { resolve } from 'node:path'

import { z } from 'zod'

import { StartError } from './errors.ts'
import { refusalWords } from './refused-value.ts'
import { parseNetworks } from './security/networks.ts'

const API_NAMES = ['meta', 'console', 'endpoints', 'realtime', 'hasura'] as const
const ROLES = ['all', 'web', 'worker'] as const
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? undefined : text.trim()))

const networksOf = (text: string): BlockList | null => parseNetworks(text.split(',').map((entry) => entry.trim()))

const mustBeOneOf = (names: readonly string[]): string => `must be one of ${names.join(', ')}`

const PORT_RANGE = 'must be from 0 to 65535'

/** Requests a minute; 0 = no limit. */
const perMinute = (usual: number) =>
  optionalText
    .transform((text) => (text === undefined ? usual : Number(text)))
    .pipe(z.number('must be a number').int('must be a whole number').min(0, 'must be 0 or more'))

const Environment = z
  .object({
    HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
    PORT: optionalText
      .transform((text) => (text === undefined ? 4000 : Number(text)))
      .pipe(z.number('must be a number').int('must be a whole number').min(0, PORT_RANGE).max(65_535, PORT_RANGE)),
    DATA_DIR: z.string().min(1, 'must not be empty').default('./data'),
    DATABASE_URL: optionalText.refine(
      (url) => url === undefined || /^postgres(ql)?:\/\//.test(url),
      'must start with postgres:// or postgresql://',
    ),
    PUBLIC_URL: optionalText.refine(
      (url) => url === undefined || (URL.canParse(url) && /^https?:/.test(url)),
      'must be an http or https address',
    ),
    METADECK_MASTER_KEY: optionalText.refine(
      (key) => key === undefined || Buffer.from(key, 'base64').length === 32,
      'must be 32 bytes in base64',
    ),
    METADECK_OWNER_EMAIL: optionalText.refine(
      (email) => email === undefined || z.email().safeParse(email).success,
      'must be an e-mail address',
    ),
    METADECK_OWNER_PASSWORD: z
      .string()
      .optional()
      .transform((text) => (text === '' ? undefined : text)),
    METADECK_ROLE: z.enum(ROLES, mustBeOneOf(ROLES)).default('all'),
    ENABLED_APIS: z
      .string()
      .default('meta,console,endpoints,realtime')
      .transform((text) =>
        text
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      )
      .pipe(z.array(z.enum(API_NAMES, `must be names with commas between them, of ${API_NAMES.join(', ')}`))),
    RATE_LIMIT_TOKEN: perMinute(6_000),
    RATE_LIMIT_ADDRESS: perMinute(12_000),
    RATE_LIMIT_REFUSED: perMinute(120),
    TRUSTED_PROXIES: optionalText
      .refine(
        (text) => text === undefined || networksOf(text) !== null,
        'must be addresses or ranges with commas between them, such as 127.0.0.1,10.0.0.0/8',
      )
      .transform((text) => (text === undefined ? null : networksOf(text))),
    LOG_LEVEL: z.enum(LOG_LEVELS, mustBeOneOf(LOG_LEVELS)).default('info'),
  })
  .superRefine((env, context) => {
    if ((env.METADECK_OWNER_EMAIL === undefined) !== (env.METADECK_OWNER_PASSWORD === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['METADECK_OWNER_EMAIL'],
        message: 'and METADECK_OWNER_PASSWORD belong together: set both or neither',
      })
    }
  })

export type ApiName = (typeof API_NAMES)[number]

/** The whole configuration, read once at start. */
export interface Config {
  host: string
  /** 0 = the system picks a free port. */
  port: number
  /** Absolute path. */
  dataDir: string
  /** Undefined = the embedded PostgreSQL. */
  databaseUrl: string | undefined
  /** Without a trailing slash; undefined = built from host and port. */
  publicUrl: string | undefined
  masterKey: Buffer | undefined
  owner: { email: string; password: string } | undefined
  role: 'all' | 'web' | 'worker'
  apis: ReadonlySet<ApiName>
  /** Requests a minute per access token, per address, and per address with credentials that are refused; 0 = no limit. */
  rateLimits: { token: number; address: number; refused: number }
  /** Proxies whose `X-Forwarded-For` is believed; null = none. */
  trustedProxies: BlockList | null
  logLevel: string
}

/** Reads the environment. Throws a `StartError` that names every bad value. Values are never printed. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env, { error: refusalWords })
  if (!parsed.success) {
    // Of a list with several bad names it is said once.
    const lines = new Set(parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`))
    throw new StartError(`The configuration is not usable: ${[...lines].join('; ')}.`)
  }
  const value = parsed.data
  return {
    host: value.HOST,
    port: value.PORT,
    dataDir: resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    masterKey: value.METADECK_MASTER_KEY === undefined ? undefined : Buffer.from(value.METADECK_MASTER_KEY, 'base64'),
    owner:
      value.METADECK_OWNER_EMAIL === undefined || value.METADECK_OWNER_PASSWORD === undefined
        ? undefined
        : { email: value.METADECK_OWNER_EMAIL.toLowerCase(), password: value.METADECK_OWNER_PASSWORD },
    role: value.METADECK_ROLE,
    apis: new Set(value.ENABLED_APIS),
    rateLimits: {
      token: value.RATE_LIMIT_TOKEN,
      address: value.RATE_LIMIT_ADDRESS,
      refused: value.RATE_LIMIT_REFUSED,
    },
    trustedProxies: value.TRUSTED_PROXIES,
    logLevel: value.LOG_LEVEL,
  }
}
