import type { QueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useNavigate, useParams } from 'react-router'

import { members } from '#console/data/members.ts'
import { session } from '#console/data/session.ts'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'
import { Tabs } from '#console/ui/tabs.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { MembersTab } from './people/members-tab.tsx'
import { useMe } from './use-me.ts'

const InvitationsTab = lazy(async () => ({
  default: (await import('./invitations/invitations-tab.tsx')).InvitationsTab,
}))
const SignInTab = lazy(async () => ({ default: (await import('./sign-in/sign-in-tab.tsx')).SignInTab }))

export function createLoader(client: QueryClient) {
  return async () => {
    const { signedIn } = await client.query({ ...session.current(), staleTime: 'static' })
    // A member would be refused: the page says so without asking.
    if (signedIn && signedIn.user.role !== 'member') void client.prefetchInfiniteQuery(members.list(''))
    return null
  }
}

const TABS = ['members', 'invitations', 'sign-in'] as const
type TabName = (typeof TABS)[number]

/** Who has an account and may do what, who is invited, and how people sign in. */
export function Component() {
  const me = useMe()
  const params = useParams()
  const navigate = useNavigate()
  const tab: TabName = TABS.find((name) => name === params['tab']) ?? 'members'
  const wait = <TableSkeleton label="Loading" />
  return (
    <Page>
      <PageHeader title="Members" description="Who may sign in here, what they may do, and how they sign in." />
      {me?.role === 'member' ? (
        <NotForMembers />
      ) : (
        <Tabs
          aria-label="Parts of members"
          value={tab}
          onValueChange={(next) => void navigate(next === 'members' ? '/members' : `/members/${next}`)}
          tabs={[
            { value: 'members', label: 'Members', content: <MembersTab /> },
            {
              value: 'invitations',
              label: 'Invitations',
              content: (
                <Suspense fallback={wait}>
                  <InvitationsTab />
                </Suspense>
              ),
            },
            {
              value: 'sign-in',
              label: 'Sign-in',
              content: (
                <Suspense fallback={wait}>
                  <SignInTab />
                </Suspense>
              ),
            },
          ]}
        />
      )}
    </Page>
  )
}

function NotForMembers() {
  return (
    <EmptyState action={<TextLink to="/account">Open your own account</TextLink>}>
      Owners and admins manage who has an account. You are a member: ask one of them for more scopes or another
      workspace.
    </EmptyState>
  )
}
