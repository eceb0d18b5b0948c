import type { QueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'

import { account } from '#console/data/account.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { sessions } from '#console/data/sessions.ts'
import { signInMethods } from '#console/data/sign-in-methods.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { Tabs } from '#console/ui/tabs.tsx'

import { ProfileTab } from './profile-tab.tsx'
import { SecurityTab } from './security-tab.tsx'
import { SessionsTab } from './sessions-tab.tsx'

export function createLoader(client: QueryClient) {
  return () => {
    const queries = [
      client.query(account.mine()),
      client.query(secondFactor.state()),
      client.query(passkeys.list()),
      client.query(signInMethods.all()),
      client.query(sessions.list({ all: false, cursor: undefined })),
    ]
    void Promise.allSettled(queries)
    return null
  }
}

const TABS = ['profile', 'security', 'sessions'] as const
type TabName = (typeof TABS)[number]

/** The own account: who one is, how one signs in, and where one is signed in. */
export function Component() {
  const params = useParams()
  const navigate = useNavigate()
  const tab: TabName = TABS.find((name) => name === params['tab']) ?? 'profile'
  return (
    <Page>
      <PageHeader title="Your account" description="Who you are here, how you sign in, and where you are signed in." />
      <Tabs
        aria-label="Parts of your account"
        value={tab}
        onValueChange={(next) => void navigate(next === 'profile' ? '/account' : `/account/${next}`)}
        tabs={[
          { value: 'profile', label: 'Profile', content: <ProfileTab /> },
          { value: 'security', label: 'Security', content: <SecurityTab /> },
          { value: 'sessions', label: 'Sessions', content: <SessionsTab /> },
        ]}
      />
    </Page>
  )
}
