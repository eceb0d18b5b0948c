import type { ComponentType } from 'react'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

/** What a page is for: without it, the page only says what is missing. */
export interface PageAccess {
  title: string
  endpoint: Endpoint
}

/** The page, for whoever may do what it is for. Which workspaces are in reach is decided before it (`workspaceLoader`). */
export function permittedPage(Component: ComponentType, { title, endpoint }: PageAccess): ComponentType {
  return function PermittedPage() {
    const may = useMay()
    if (may(endpoint)) return <Component />
    return (
      <Page>
        <PageHeader title={title} />
        <NoAccess endpoint={endpoint} />
      </Page>
    )
  }
}
