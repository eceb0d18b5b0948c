import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'

import { session } from '#console/data/session.ts'
import { OnIntent } from '#console/ui/on-intent.tsx'

import { AccountButton } from './account-button.tsx'

const load = () => import('./account-menu.tsx')
const AccountMenu = lazy(async () => ({ default: (await load()).AccountMenu }))

/** Who is signed in, and the way out. */
export function AccountControl({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { data } = useQuery(session.current())
  const user = data?.signedIn?.user
  if (!user) return null
  return (
    <OnIntent preload={load} standIn={<AccountButton name={user.name} />}>
      <AccountMenu user={user} onShowShortcuts={onShowShortcuts} />
    </OnIntent>
  )
}
