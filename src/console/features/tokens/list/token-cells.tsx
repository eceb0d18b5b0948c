import { memo } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { cx } from '#console/lib/cx.ts'
import { formatLocal, formatUtc } from '#console/lib/format-time.ts'
import { ScopeDots } from '#console/scopes/scope-dots.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { CutMark } from '../cut-mark.tsx'
import { isCutToNothing, scopesNow } from '../cut-words.ts'
import { DeedWords } from '../deed-words.tsx'
import { addressWords, grantedReach, reachNames, reachNow, reachWords } from '../reach-words.ts'
import { expiresText, expiryWords } from '../token-expiry.ts'
import { TokenName, type TokenNameProps } from '../token-name.tsx'
import { statusWord } from '../token-status-words.ts'
import { TokenStatusBadge } from '../token-status.tsx'
import { CallSparkline } from './call-sparkline.tsx'

// Of thousands of rows those in view are drawn again at each turn of the wheel: a cell is drawn anew only for a new token.

export interface NameCellProps extends TokenNameProps {
  /** In as many lines as it takes. */
  isWhole: boolean
}

/** Which token it is, and its state where it is not simply active. */
export const NameCell = memo(function NameCell({ token, myId, isWhole }: NameCellProps) {
  const name = <TokenName token={token} myId={myId} />
  if (statusWord(token) === 'Active') return name
  return (
    <span className={cx('flex min-w-0 items-center gap-2', isWhole && 'flex-wrap')}>
      <span className={cx('min-w-0', !isWhole && 'truncate')}>{name}</span>
      <span className="shrink-0">
        <TokenStatusBadge token={token} isPlain />
      </span>
    </span>
  )
})

/** What works now of what it was granted. */
export const DeedCell = memo(function DeedCell({ token, isWhole }: { token: Token; isWhole: boolean }) {
  return (
    <span className={cx('flex min-w-0 items-center gap-2', isWhole && 'flex-wrap')}>
      {!isCutToNothing(token) && (
        <>
          <ScopeDots scopes={scopesNow(token)} />
          <DeedWords scopes={scopesNow(token)} isWhole={isWhole} />
        </>
      )}
      <CutMark token={token} isWhole={isWhole} />
    </span>
  )
})

export interface ReachCellProps {
  token: Token
  /** Workspace names by id. */
  names: ReadonlyMap<number, string>
}

/** Where it reaches and from where it is let in. */
export const ReachCell = memo(function ReachCell({ token, names }: ReachCellProps) {
  const addresses = addressWords(token)
  const isAll = reachNow(token) === 'all'
  const granted = grantedReach(token)
  const all = isAll ? 'All workspaces' : reachNames(token, names).join(', ') || 'No workspace'
  const cut = granted === undefined ? '' : `; its maker reaches no more (${granted})`
  const from = token.allowedIps === null ? '' : `; from ${token.allowedIps.join(', ')}`
  return (
    <span title={`${all}${cut}${from}`}>
      {reachWords(token, names)}
      {granted !== undefined && <span className="text-warning"> ({granted})</span>}
      {addresses !== undefined && `, ${addresses}`}
    </span>
  )
})

const INK = { neutral: undefined, warning: 'text-warning', danger: 'text-danger' }

/** When it ends, more urgent as it comes near; the date is on hover, in the browser's own way, as the cheapest. */
export const ExpiryCell = memo(function ExpiryCell({ token, now }: { token: Token; now: Date }) {
  const { text, tone } = expiryWords(token.expiresAt, now)
  if (token.status === 'revoked') return <span className="text-muted">–</span>
  if (token.expiresAt === null) return <span className={INK[tone]}>{text}</span>
  const end = new Date(token.expiresAt)
  return (
    <time dateTime={token.expiresAt} title={`${formatLocal(end)}\n${formatUtc(end)}`} className={INK[tone]}>
      {expiresText(token.expiresAt, now)}
    </time>
  )
})

export interface LastUseCellProps {
  token: Token
  /** With the address that it came from; else that is on hover. */
  hasAddress: boolean
}

/** When it was used last, and how much in the last days. */
export const LastUseCell = memo(function LastUseCell({ token, hasAddress }: LastUseCellProps) {
  const { lastUsedAt, lastUsedFrom, callsByDay } = token
  if (lastUsedAt === null) return <span className="text-muted">never</span>
  return (
    <span title={lastUsedFrom === null ? undefined : `from ${lastUsedFrom}`}>
      <CallSparkline calls={callsByDay} />
      <RelativeTime at={lastUsedAt} />
      {hasAddress && lastUsedFrom !== null && <span className="text-muted"> from {lastUsedFrom}</span>}
    </span>
  )
})
