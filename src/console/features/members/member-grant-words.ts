import type { Scopes } from '#api/contract/scopes.ts'
import { type GrantWords, summarizeGrant } from '#console/scopes/grant-words.ts'

/** What a member can and cannot do, said of a person. */
export function memberGrantWords(scopes: Scopes, workspaceNames: 'all' | readonly string[]): GrantWords {
  const { can, cannot } = summarizeGrant(scopes, workspaceNames, 'this member')
  return { can, cannot: cannot.replaceAll(/\bIt cannot\b/g, 'They cannot') }
}
