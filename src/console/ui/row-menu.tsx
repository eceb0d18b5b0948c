import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'

import { IconButton } from './icon-button.tsx'
import { Menu } from './menu.tsx'

/** What can be done with one row of a list, behind three dots. `label` names the row: "Actions for Nightly". */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu
      trigger={
        <IconButton label={label} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {children}
    </Menu>
  )
}
