import type { ScopeKey } from '#api/contract/scopes.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'

import type { Db } from '../../db/connection.ts'

/** Something that runs with a token. */
export interface Dependant extends TokenDependant {
  tokenId: number
  /** What the token must be granted for it to run. */
  needs: readonly ScopeKey[]
}

/** A feature whose things run with tokens. */
export interface DependantSource {
  kind: string
  /** All that run with one of these tokens, by name. */
  list(db: Db, tokenIds: readonly number[]): Promise<Dependant[]>
  /** Makes all that run with the one token run with the other; absent where nothing can be moved. */
  move?(trx: Db, from: number, to: number): Promise<void>
}
