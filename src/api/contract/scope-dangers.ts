import { hasScope, type ScopeKey, type Scopes } from './scopes.ts'

/** What the worst call of a dangerous scope does. */
export interface ScopeDanger {
  /** In a word or two, for a list: `exports everything`. */
  deed: string
  /** `grave`: a whole workspace, or what is gone then; `notable`: short of that. */
  level: 'grave' | 'notable'
  /** How much it weighs against others where tokens are sorted by danger. */
  weight: number
}

/** The scopes that destroy, or give away more than their name says; the worst first. */
export const SCOPE_DANGERS = {
  'instance:workspace:update': { deed: 'overwrites all', level: 'grave', weight: 1_000 },
  'instance:workspace:delete': { deed: 'deletes workspaces', level: 'grave', weight: 1_000 },
  'instance:workspace:read': { deed: 'exports everything', level: 'grave', weight: 1_000 },
  'workspace:database:delete': { deed: 'drops tables', level: 'grave', weight: 100 },
  'workspace:content:delete': { deed: 'deletes rows', level: 'grave', weight: 100 },
  'workspace:file:delete': { deed: 'deletes files', level: 'grave', weight: 100 },
  'workspace:content:update': { deed: 'rewrites rows', level: 'notable', weight: 10 },
  'workspace:database:update': { deed: 'rewrites columns', level: 'notable', weight: 10 },
  'instance:workspace:create': { deed: 'sends backups away', level: 'notable', weight: 10 },
  'workspace:requesthistory:read': { deed: 'reads requests', level: 'notable', weight: 10 },
} as const satisfies Partial<Record<ScopeKey, ScopeDanger>>

/** A scope that is dangerous by itself. */
export type DangerousScope = keyof typeof SCOPE_DANGERS

/** Those in the order of the table. */
export const DANGEROUS_SCOPES = Object.keys(SCOPE_DANGERS) as DangerousScope[]

/** What a grant is dangerous by, the worst first. */
export const dangersIn = (scopes: Scopes): ScopeDanger[] =>
  DANGEROUS_SCOPES.filter((key) => hasScope(scopes, key)).map((key) => SCOPE_DANGERS[key])
