import type { Token } from '#api/contract/tokens.ts'

/** Enough of a token to revoke it: lists of rotations know no more. */
export interface Revocable extends Pick<Token, 'id' | 'name' | 'lastUsedAt'> {
  lastUsedFrom?: string | null
}

/** What can be done with a token. What cannot be called back opens a dialog first. */
export interface TokenAct {
  rotate: (token: Token) => void
  duplicate: (token: Token) => void
  disable: (token: Token) => void
  enable: (token: Token) => void
  revoke: (token: Revocable) => void
}
