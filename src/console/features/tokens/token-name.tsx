import { memo } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { cx } from '#console/lib/cx.ts'

import { isAlive } from './token-status-words.ts'

export interface TokenNameProps {
  token: Token
  /** Who looks at the list: only tokens of others say who made them. */
  myId: number | undefined
}

/** Two lines at most where rows are stacked; all of it on its page. That it is active goes without saying. */
export const TokenName = memo(function TokenName({ token, myId }: TokenNameProps) {
  const maker = token.createdBy !== null && token.createdBy.id !== myId ? token.createdBy.name : undefined
  const title = maker === undefined ? token.name : `${token.name}, made by ${maker}`
  return (
    <span title={title} className={cx('max-sm:line-clamp-2', !isAlive(token) && 'text-muted')}>
      {token.name}
      {maker !== undefined && <span className="font-normal text-muted"> by {maker}</span>}
    </span>
  )
})
