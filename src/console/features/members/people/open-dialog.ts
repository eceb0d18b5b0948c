import type { Member } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'

/** What is being done to a member, or what stopped with one who is gone. */
export type OpenDialog =
  | { kind: 'access' | 'remove' | 'second-step'; member: Member }
  | { kind: 'stopped'; member: Member; stopped: TokenDependant[] }
