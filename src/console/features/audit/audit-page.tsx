import { useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/react-query'
import { ChevronDown, Download, ShieldCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs } from 'react-router'

import { audit, exportAddress } from '#console/data/audit.ts'
import { session } from '#console/data/session.ts'
import { useTold } from '#console/data/use-told.ts'
import { startDownload } from '#console/lib/start-download.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { AuditBody } from './audit-body.tsx'
import { type AuditPageData, filterOf, isFiltered, isSameList, readAuditSearch } from './audit-search.ts'
import { useAuditSearch } from './use-audit-search.ts'

const VerifyDialog = lazy(async () => ({ default: (await import('./verify-dialog.tsx')).VerifyDialog }))

/** Reads the list, and tells which it is: the moment a time is counted back from stays until another list is asked for. */
export function createLoader(client: QueryClient) {
  return ({ request }: LoaderFunctionArgs): AuditPageData => {
    const filter = filterOf(readAuditSearch(new URL(request.url).searchParams), new Date())
    void client.prefetchInfiniteQuery(audit.list(filter))
    return { filter }
  }
}

/** A record that is opened or closed has nothing read again of the list, of which many pages may be there. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  const isElsewhere = currentUrl.href !== nextUrl.href
  return isElsewhere ? !isSameList(currentUrl.searchParams, nextUrl.searchParams) : defaultShouldRevalidate
}

/** Who did what, to what, when and from where. */
export function Component() {
  const signedIn = useQuery(session.current()).data?.signedIn
  const [isVerifying, setIsVerifying] = useState(false)
  const isManager = signedIn !== undefined && signedIn !== null && signedIn.user.role !== 'member'
  const seesOwnOnly = !isManager && !(signedIn?.scopes['workspace:log'] ?? '').includes('r')
  return (
    <Page>
      <PageHeader
        title="Audit"
        description="Who did what, to what, when and from where. Each record carries the hash of the one before."
        actions={
          <>
            <ExportMenu />
            {isManager && (
              <Button onClick={() => setIsVerifying(true)}>
                <ShieldCheck aria-hidden />
                Verify chain
              </Button>
            )}
          </>
        }
      />
      {seesOwnOnly && (
        <Callout title="This is what you did yourself">
          What others did is shown to whoever holds the scope Workspace Log: Read. Ask an owner or an admin for it.
        </Callout>
      )}
      <AuditBody />
      <Suspense>{isVerifying && <VerifyDialog onClose={() => setIsVerifying(false)} />}</Suspense>
    </Page>
  )
}

/** The list as a file, cut to what the filters say. */
function ExportMenu() {
  const { search } = useAuditSearch()
  const { filter: listed } = useLoaderData<AuditPageData>()
  const hasNone = useInfiniteQuery(audit.list(listed)).data?.pages[0]?.items.length === 0
  const what = isFiltered(search) ? 'the filtered records' : 'all records'
  const check = useTold(audit.checkExport(), 'The log was not exported', { showsFailure: false })
  function handleSelect(format: 'ndjson' | 'csv') {
    const filter = filterOf(search, new Date())
    check.run(filter, { onSuccess: () => startDownload(exportAddress(filter, format)) })
  }
  return (
    <Menu
      trigger={
        <Button pending={check.isPending} disabled={hasNone}>
          <Download aria-hidden />
          Export
          <ChevronDown aria-hidden className="-mr-1" />
        </Button>
      }
    >
      <MenuItem onSelect={() => handleSelect('ndjson')}>Export {what} as NDJSON</MenuItem>
      <MenuItem onSelect={() => handleSelect('csv')}>Export {what} as CSV</MenuItem>
    </Menu>
  )
}
