import { BookOpen, Keyboard, LogOut, UserRound } from 'lucide-react'

import type { Session } from '#api/contract/session.ts'
import { session } from '#console/data/session.ts'
import { useTold } from '#console/data/use-told.ts'
import { Menu, MenuGroup, MenuItem, MenuLink, MenuOutsideLink, MenuSeparator } from '#console/ui/menu.tsx'

import { AccountButton } from './account-button.tsx'

interface AccountMenuProps {
  user: Session['user']
  onShowShortcuts: () => void
}

/** Opens as it comes: its code is fetched when somebody asks for it. */
export function AccountMenu({ user, onShowShortcuts }: AccountMenuProps) {
  const signOut = useTold(session.signOut(), 'Could not sign out', { showsFailure: false })

  return (
    <Menu defaultOpen trigger={<AccountButton name={user.name} pending={signOut.isPending} />}>
      <MenuGroup
        label={
          <>
            <span className="block text-sm font-medium text-foreground">{user.name}</span>
            <span className="block">
              {user.email} · {user.role}
            </span>
          </>
        }
      >
        <MenuSeparator />
        <MenuLink to="/account" icon={<UserRound aria-hidden />}>
          Your account
        </MenuLink>
        <MenuItem icon={<Keyboard aria-hidden />} keys={['?']} onSelect={onShowShortcuts}>
          Keyboard shortcuts
        </MenuItem>
        <MenuOutsideLink href="/api:meta" icon={<BookOpen aria-hidden />}>
          API reference
        </MenuOutsideLink>
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => signOut.run(undefined)}>
          Sign out
        </MenuItem>
      </MenuGroup>
    </Menu>
  )
}
