import { Ban, ScrollText } from 'lucide-react'

import { MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'
import { RowMenu } from '#console/ui/row-menu.tsx'

export interface PageMenuProps {
  /** Owners and admins set the policy. */
  isAdmin: boolean
  onRevokeAll: () => void
}

/** What concerns all tokens. */
export function PageMenu({ isAdmin, onRevokeAll }: PageMenuProps) {
  return (
    <RowMenu label="Actions for all tokens">
      {isAdmin && (
        <>
          <MenuLink to="/tokens/policy" icon={<ScrollText aria-hidden />}>
            Token policy
          </MenuLink>
          <MenuSeparator />
        </>
      )}
      <MenuItem danger icon={<Ban aria-hidden />} onSelect={onRevokeAll}>
        Revoke all tokens
      </MenuItem>
    </RowMenu>
  )
}
