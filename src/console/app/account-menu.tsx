import { useMutation, useQuery } from '@tanstack/react-query'
import { Keyboard, LogOut } from 'lucide-react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { session } from '#console/data/session.ts'
import { Button } from '#console/ui/button.tsx'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** "Ada Lovelace" → "AL". */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase() || '?'
}

/** Who is signed in, and the way out. */
export function AccountMenu({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { data } = useQuery(session.current())
  const signOut = useMutation(session.signOut())
  const toast = useToast()
  const user = data?.signedIn?.user
  if (!user) return null

  function handleSignOut() {
    signOut.mutate(undefined, {
      onError: (error) => toast.danger('Could not sign out', { description: describeFailure(error, '').cause }),
    })
  }

  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm" className="px-1!" aria-label={`Account: ${user.name}`} pending={signOut.isPending}>
          <span aria-hidden className="grid size-6 place-items-center rounded-full bg-accent-soft text-key font-semibold text-accent">
            {initialsOf(user.name)}
          </span>
        </Button>
      }
    >
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
        <MenuItem icon={<Keyboard aria-hidden />} keys={['?']} onSelect={onShowShortcuts}>
          Keyboard shortcuts
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden />} onSelect={handleSignOut}>
          Sign out
        </MenuItem>
      </MenuGroup>
    </Menu>
  )
}
