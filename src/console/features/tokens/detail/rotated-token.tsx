import type { TokenLink } from '#api/contract/tokens.ts'
import { useNow } from '#console/lib/use-now.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { TokenExpiry } from '../token-expiry-text.tsx'
import { fingerprint } from '../token-status-words.ts'
import { TokenStatusBadge } from '../token-status.tsx'

const TICK_MS = 60_000

export interface RotatedTokenProps {
  label: 'Old' | 'New'
  token: TokenLink
  /** The one that takes its place. */
  next: TokenLink | null
  /** The page is this token's. */
  isHere: boolean
}

/** One side of a rotation. */
export function RotatedToken({ label, token, next, isHere }: RotatedTokenProps) {
  const now = useNow(TICK_MS)
  const name = <code className="text-xs">{fingerprint(token)}</code>
  return (
    <section aria-label={`${label} token`} className="flex min-w-0 flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">{label}</h3>
        {isHere ? name : <TextLink to={`/tokens/${token.id}`}>{name}</TextLink>}
        <TokenStatusBadge token={{ status: token.status, rotatedTo: next, blockedBy: null }} />
      </div>
      <DescriptionList
        items={[
          { label: 'Last used', value: token.lastUsedAt === null ? 'never' : <RelativeTime at={token.lastUsedAt} /> },
          { label: 'Expires', value: <TokenExpiry token={token} now={now} /> },
        ]}
      />
    </section>
  )
}
