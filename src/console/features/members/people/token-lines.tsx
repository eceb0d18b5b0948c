import type { MemberToken } from '#api/contract/members.ts'
import { formatCount } from '#console/lib/format.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

interface TokenLinesProps {
  /** Undefined while they are on their way. */
  tokens: readonly MemberToken[] | undefined
  /** How many there are; the list holds the newest 500. */
  total: number
}

/** Tokens of a member by name, with their last use. */
export function TokenLines({ tokens, total }: TokenLinesProps) {
  if (tokens === undefined) return <TextSkeleton lines={2} label="Loading tokens" />
  return (
    <>
      <ScrollRegion aria-label="Tokens" className="max-h-40 overflow-y-auto rounded-md border">
        <ul className="text-sm">
          {tokens.map(({ id, name, prefix, lastFour, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-2 px-3 py-1.5 not-last:border-b">
              <TextLink to={`/tokens/${id}`} look="quiet" className="min-w-0 truncate">
                {name}
              </TextLink>
              <code className="text-xs text-muted">
                {prefix}…{lastFour}
              </code>
              <span className="ml-auto text-muted">
                {lastUsedAt === null ? (
                  'never used'
                ) : (
                  <>
                    used <RelativeTime at={lastUsedAt} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {total > tokens.length && (
        <p className="text-sm text-muted">and {formatCount(total - tokens.length, 'older one')}</p>
      )}
    </>
  )
}
