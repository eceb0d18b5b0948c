import type { Token } from '#api/contract/tokens.ts'
import { ExactTime } from '#console/ui/exact-time.tsx'

import { expiresText, expiryWords } from './token-expiry.ts'

const ink = { neutral: '', warning: 'text-warning', danger: 'text-danger' }

/** When a token ends: `in 5 d`, more urgent as it comes near. What is revoked has ended already. */
export function TokenExpiry({ token, now }: { token: Pick<Token, 'expiresAt' | 'status'>; now: Date }) {
  const { text, tone } = expiryWords(token.expiresAt, now)
  const className = ink[tone]
  if (token.status === 'revoked') return <span className="text-muted">–</span>
  if (token.expiresAt === null) return <span className={className}>{text}</span>
  return (
    <ExactTime at={new Date(token.expiresAt)} className={className}>
      {expiresText(token.expiresAt, now)}
    </ExactTime>
  )
}
