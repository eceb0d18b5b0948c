import type { DangerousScope } from '#api/contract/scope-dangers.ts'
import { type ScopeInfo, type ScopeKey, type ScopeLetter, scopeWord } from '#api/contract/scopes.ts'

/**
 * Cells that destroy, or give away more than their name says; each with what the worst call does, in one line. Those that
 * the contract calls dangerous, and the two that make live rows of them.
 */
const BLAST_RADIUS: Partial<Record<ScopeKey, string>> & Record<DangerousScope, string> = {
  'instance:workspace:create': 'adds targets and schedules that send backups elsewhere',
  'instance:workspace:read': 'exports everything: each row, each file, the secrets in them',
  'instance:workspace:update': 'overwrites whole workspaces by import or restore',
  'instance:workspace:delete': 'deletes whole workspaces, and backups',
  'workspace:database:update': 'rewrites columns, which can lose their values',
  'workspace:database:delete': 'drops tables and columns with all they hold',
  'workspace:content:update': 'changes every row of a table in one call',
  'workspace:content:delete': 'empties a table in one call',
  'workspace:livedatasource:update': 'lets Content: Update reach the rows of production',
  'workspace:livedatasource:delete': 'lets Content: Delete reach the rows of production',
  'workspace:file:delete': 'deletes stored files; only a backup has them then',
  'workspace:requesthistory:read': 'shows what people sent in, personal data included',
}

/** What the worst call of a cell does; nothing for a cell that does no more than its name says. */
export function blastRadius({ name }: Pick<ScopeInfo, 'name'>, letter: ScopeLetter): string | undefined {
  return BLAST_RADIUS[`${name}:${scopeWord(letter)}`]
}

/** The dangerous cells of a scope with their lines, in the order of the matrix. */
export function dangersOf(info: ScopeInfo): { letter: ScopeLetter; line: string }[] {
  return info.letters.flatMap((letter) => {
    const line = blastRadius(info, letter)
    return line === undefined ? [] : [{ letter, line }]
  })
}
