import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useLocation } from 'react-router'

import { tokens } from '#console/data/tokens.ts'
import { useNow } from '#console/lib/use-now.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { consequence } from './list/expiring-words.ts'
import { expiresText } from './token-expiry.ts'

const TICK_MS = 60_000

/** One line over every page while something in Metadeck is about to stop with its token; the tokens' own pages say more. */
export function ExpiryLine() {
  const { pathname } = useLocation()
  const now = useNow(TICK_MS)
  const items = useQuery(tokens.expiring()).data?.items ?? []
  const [first, ...others] = items.filter(({ warning, breaks }) => warning !== null && breaks.length > 0)
  if (first === undefined || /^\/tokens(\/|$)/.test(pathname)) return null
  return (
    <div className="flex items-start gap-2 border-b bg-warning-soft px-4 py-1.5 text-sm sm:px-6 print:hidden">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-warning" />
      <p className="min-w-0 wrap-anywhere">
        Token <TextLink to={`/tokens/${first.token.id}`}>{first.token.name}</TextLink> ends{' '}
        {expiresText(first.expiresAt, now)}. {consequence(first)}
        {others.length > 0 && (
          <>
            {' '}
            <TextLink to="/tokens">{others.length} more</TextLink>
          </>
        )}
      </p>
    </div>
  )
}
