import type { ReactNode } from 'react'

import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

/** The page of a link that opens nothing, with what to do about it below. */
export function DeadLink({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={title} />
      {children}
      <ButtonLink to="/sign-in">Sign in</ButtonLink>
    </div>
  )
}

/** Why the link is dead, and who makes another. The server does not tell the reasons apart, so this does not either. */
export function DeadLinkNote({ children }: { children: string }) {
  return (
    <Callout tone="warning" title="The link opens nothing any more">
      {children}
    </Callout>
  )
}

/** A link without its secret; `children` say where the whole one is. */
export function IncompleteLink({ children }: { children: ReactNode }) {
  return (
    <DeadLink title="This link is incomplete">
      <Callout tone="warning" title="The part behind the # is missing">
        {children}; also after a reload, because the console does not keep it.
      </Callout>
    </DeadLink>
  )
}
