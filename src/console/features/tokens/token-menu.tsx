import { Ban, CircleCheck, Copy, Ellipsis, Pause, RefreshCw } from 'lucide-react'
import { memo } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { Button } from '#console/ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { OnIntent } from '#console/ui/on-intent.tsx'

import type { TokenAct } from './token-act.ts'
import { canRotate, isAlive } from './token-status-words.ts'

interface TokenMenuProps {
  token: Token
  act: TokenAct
}

/** Its code is here already. */
const nothingToLoad = () => Promise.resolve()

/** What can be done with one token. Lists have thousands of these: only the one that is pressed becomes a menu. */
export const TokenMenu = memo(function TokenMenu({ token, act }: TokenMenuProps) {
  const label = `Actions for ${token.name}`
  // No `IconButton`: its tooltip costs as much as a row of the list.
  const trigger = (
    <Button variant="ghost" size="icon-sm" aria-label={label} title={label}>
      <Ellipsis aria-hidden />
    </Button>
  )
  return (
    <OnIntent preload={nothingToLoad} standIn={trigger}>
      <Menu trigger={trigger} defaultOpen>
        <TokenMenuItems token={token} act={act} />
      </Menu>
    </OnIntent>
  )
})

/** What makes sense as the token is now. */
function TokenMenuItems({ token, act }: TokenMenuProps) {
  const isUp = isAlive(token)
  return (
    <>
      {canRotate(token) && (
        <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => act.rotate(token)}>
          Rotate
        </MenuItem>
      )}
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => act.duplicate(token)}>
        Duplicate
      </MenuItem>
      {isUp && token.disabledAt === null && (
        <MenuItem icon={<Pause aria-hidden />} onSelect={() => act.disable(token)}>
          Disable
        </MenuItem>
      )}
      {isUp && token.disabledAt !== null && (
        <MenuItem icon={<CircleCheck aria-hidden />} onSelect={() => act.enable(token)}>
          Enable
        </MenuItem>
      )}
      {isUp && (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />} onSelect={() => act.revoke(token)}>
            Revoke
          </MenuItem>
        </>
      )}
    </>
  )
}
