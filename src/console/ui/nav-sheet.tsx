import type { ReactElement, ReactNode } from 'react'

import { Sheet } from './sheet.tsx'
import { SideNav, type NavGroup } from './side-nav.tsx'

export interface NavSheetProps {
  navigation: readonly NavGroup[]
  sideFoot?: ReactNode
  trigger: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The side navigation where there is no room for a side. */
export function NavSheet({ navigation, sideFoot, trigger, open, onOpenChange }: NavSheetProps) {
  return (
    <Sheet title="Navigation" side="left" size="sm" flush open={open} onOpenChange={onOpenChange} trigger={trigger}>
      <SideNav groups={navigation} onNavigate={() => onOpenChange(false)} />
      {sideFoot}
    </Sheet>
  )
}
