import { useQuery, type QueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'react-router'

import { tokens } from '#console/data/tokens.ts'
import { useNow } from '#console/lib/use-now.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { Consequence } from './consequence.tsx'
import { shortName } from './dependant-words.ts'
import type { Expiring } from './list/expiring-words.ts'
import { TokenExpiry } from './token-expiry-text.tsx'

const TICK_MS = 60_000

/** Reads what the line tells, unless that was tried already: neither a refresh nor a failure holds a page up. */
export async function readExpiring(client: QueryClient): Promise<void> {
  const options = tokens.expiring()
  const state = client.getQueryState(options.queryKey)
  if (state !== undefined && state.status !== 'pending') return
  await client.query({ ...options, retry: false }).catch(() => undefined)
}

/**
 * One line over every page while something in Metadeck is about to stop with its token; the tokens' own pages say more.
 * Whether it is there is settled when the page opens: mount it anew for each page.
 */
export function ExpiryLine() {
  const { pathname } = useLocation()
  const items = useQuery(tokens.expiring()).data?.items ?? []
  const [first, ...others] = items.filter(({ warning, breaks }) => warning !== null && breaks.length > 0)
  const [isShown] = useState(first !== undefined && !/^\/tokens(\/|$)/.test(pathname))
  if (!isShown) return null
  return (
    <div className="flex items-start gap-2 border-b bg-warning-soft px-4 py-1.5 text-sm sm:px-6 print:hidden">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-warning" />
      <p className="min-w-0 wrap-anywhere">
        {first === undefined ? 'No token that something runs with ends soon any more.' : <Warning next={first} />}
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

function Warning({ next }: { next: Expiring }) {
  const now = useNow(TICK_MS)
  const { token } = next
  return (
    <>
      Token{' '}
      <span title={token.name} className="font-medium">
        <TextLink to={`/tokens/${token.id}`}>{shortName(token.name)}</TextLink>
      </span>{' '}
      ends <TokenExpiry token={token} now={now} />. <Consequence expiring={next} />
    </>
  )
}
