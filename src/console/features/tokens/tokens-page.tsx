import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'

import { schedules } from '#console/data/schedules.ts'
import { session } from '#console/data/session.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useNow } from '#console/lib/use-now.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { RevokeAllDialog } from './actions/revoke-all-dialog.tsx'
import { AttentionLine } from './list/attention-line.tsx'
import { takenThisWeek } from './list/expiring-words.ts'
import { ExpiryBanner } from './list/expiry-banner.tsx'
import { PageMenu } from './list/page-menu.tsx'
import { TokenBody } from './list/token-body.tsx'
import { readTokenSearch, toFilter } from './list/token-search.ts'
import { useTokenList } from './list/use-token-list.ts'
import { useTokenSearch } from './list/use-token-search.ts'
import { useTokenActions } from './use-token-actions.tsx'

/** Days and hours are all the list shows, so a minute is soon enough. */
const tickMs = 60_000

/** The same as in `useIsNarrow`, for what is read before the page is drawn. */
const NARROW = '(width < 40rem)'

export function createLoader(client: QueryClient) {
  return ({ request }: LoaderFunctionArgs) => {
    const ignore = () => undefined
    const search = readTokenSearch(new URL(request.url).searchParams)
    const isStacked = matchMedia(NARROW).matches
    void client.infiniteQuery(tokens.list(toFilter(search, isStacked))).catch(ignore)
    void client.query(tokens.expiring()).catch(ignore)
    void client.query(workspaces.list()).catch(ignore)
    void client.query(schedules.list()).catch(ignore)
    return null
  }
}

export function Component() {
  const now = useNow(tickMs)
  const { search, setSearch, setSort, clear } = useTokenSearch()
  const found = useTokenList(search, now)
  const expiring = useQuery(tokens.expiring()).data?.items ?? []
  const role = useQuery(session.current()).data?.signedIn?.user.role
  const { act, dialogs } = useTokenActions()
  const [isRevokingAll, setIsRevokingAll] = useState(false)
  const isAdmin = role === 'owner' || role === 'admin'

  return (
    <Page>
      <PageHeader
        title="Tokens"
        description={
          <AttentionLine attention={found.attention} counts={found.counts} taken={takenThisWeek(expiring)} />
        }
        actions={
          <>
            <PageMenu isAdmin={isAdmin} onRevokeAll={() => setIsRevokingAll(true)} />
            <ButtonLink to="/tokens/new" variant="primary">
              New token
            </ButtonLink>
          </>
        }
      />
      <ExpiryBanner items={expiring} now={now} onRotate={act.rotate} />
      <TokenBody {...{ found, search, now, act }} onSearch={setSearch} onSort={setSort} onClear={clear} />
      {dialogs}
      {isRevokingAll && <RevokeAllDialog isOfAll={isAdmin} onClose={() => setIsRevokingAll(false)} />}
    </Page>
  )
}
