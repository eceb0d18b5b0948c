import { z } from 'zod'

/** What a scope covers and which letters it knows (`contract/README.md`, scope matrix). */
export interface ScopeInfo {
  name: ScopeName
  /** The name the documentation uses in "<label>: Create". */
  label: string
  letters: readonly ScopeLetter[]
  covers: string
}

export const SCOPE_LETTERS = ['c', 'r', 'u', 'd'] as const
export type ScopeLetter = (typeof SCOPE_LETTERS)[number]

export const SCOPE_NAMES = [
  'instance:workspace',
  'workspace:database',
  'workspace:content',
  'workspace:livedatasource',
  'workspace:api',
  'workspace:function',
  'workspace:addon',
  'workspace:task',
  'workspace:file',
  'workspace:requesthistory',
  'workspace:log',
] as const
export const ScopeName = z.enum(SCOPE_NAMES)
export type ScopeName = z.infer<typeof ScopeName>

const ALL = SCOPE_LETTERS

export const SCOPES: readonly ScopeInfo[] = [
  {
    name: 'instance:workspace',
    label: 'Instance Workspace',
    letters: ALL,
    covers: 'Workspaces, branches, data sources, export and import',
  },
  {
    name: 'workspace:database',
    label: 'Workspace Database',
    letters: ALL,
    covers: 'Tables, columns and indexes',
  },
  { name: 'workspace:content', label: 'Workspace Content', letters: ALL, covers: 'Rows of tables' },
  {
    name: 'workspace:livedatasource',
    label: 'Workspace Live Data Source',
    letters: ALL,
    covers: 'Rows of the data source live, as well as Workspace Content',
  },
  { name: 'workspace:api', label: 'Workspace Api', letters: ALL, covers: 'API groups and endpoints' },
  {
    name: 'workspace:function',
    label: 'Workspace Function',
    letters: ALL,
    covers: 'Functions, middleware and triggers',
  },
  { name: 'workspace:addon', label: 'Workspace Addon', letters: ALL, covers: 'Addons' },
  { name: 'workspace:task', label: 'Workspace Task', letters: ALL, covers: 'Background tasks' },
  {
    name: 'workspace:file',
    label: 'Workspace File',
    letters: ['c', 'r', 'd'],
    covers: 'Public and private files',
  },
  {
    name: 'workspace:requesthistory',
    label: 'Workspace Request History',
    letters: ['r'],
    covers: 'Request, function, task and trigger history',
  },
  { name: 'workspace:log', label: 'Workspace Log', letters: ['r'], covers: 'Audit log of a workspace' },
]

const LETTER_WORDS = { c: 'create', r: 'read', u: 'update', d: 'delete' } as const
export type ScopeWord = (typeof LETTER_WORDS)[ScopeLetter]

/** The word a letter stands for, as the scope keys of the API spell it. */
export function scopeWord(letter: ScopeLetter): ScopeWord {
  return LETTER_WORDS[letter]
}

/** A scope an operation asks for, such as `workspace:database:read`. */
export type ScopeKey = `${ScopeName}:${ScopeWord}`

/**
 * Who may call an operation: a scope key; `any` = every valid token or session; `session` = a person signed in
 * to the console; `public` = everybody.
 */
export type ScopeRule = ScopeKey | 'any' | 'session' | 'public'

/** Takes a scope key apart. */
export function parseScopeKey(key: ScopeKey): { name: ScopeName; letter: ScopeLetter } {
  const at = key.lastIndexOf(':')
  const word = key.slice(at + 1)
  const letter = SCOPE_LETTERS.find((candidate) => LETTER_WORDS[candidate] === word) ?? 'r'
  return { name: ScopeName.parse(key.slice(0, at)), letter }
}

/** `workspace:content:read` → "Workspace Content: Read", the words of the documentation. */
export function scopeLabel(key: ScopeKey): string {
  const { name, letter } = parseScopeKey(key)
  const info = SCOPES.find((scope) => scope.name === name)
  const word = scopeWord(letter)
  return `${info?.label ?? name}: ${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

/** Granted letters by scope name, such as `{"workspace:database": "r"}`. Letters come in the order c, r, u, d. */
export const Scopes = z
  .partialRecord(
    ScopeName,
    z
      .string()
      .regex(/^[crud]*$/, 'Only the letters c, r, u and d are known')
      .transform((letters) => SCOPE_LETTERS.filter((letter) => letters.includes(letter)).join('')),
  )
  .superRefine((scopes, context) => {
    for (const info of SCOPES) {
      const foreign = SCOPE_LETTERS.filter((letter) => scopes[info.name]?.includes(letter)).filter(
        (letter) => !info.letters.some((known) => known === letter),
      )
      if (foreign.length > 0) {
        context.addIssue({
          code: 'custom',
          path: [info.name],
          message: `${info.label} has no ${foreign.map((letter) => scopeWord(letter)).join(', ')}`,
        })
      }
    }
  })
export type Scopes = z.infer<typeof Scopes>

/** True where the grant holds the scope that `key` asks for. */
export function hasScope(scopes: Scopes, key: ScopeKey): boolean {
  const { name, letter } = parseScopeKey(key)
  return (scopes[name] ?? '').includes(letter)
}

/** Every scope with every letter it knows: what the owner's session holds. */
export const ALL_SCOPES: Scopes = Object.fromEntries(SCOPES.map((info) => [info.name, info.letters.join('')]))
