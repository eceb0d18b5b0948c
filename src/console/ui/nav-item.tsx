import type { ReactNode } from 'react'
import { NavLink } from 'react-router'

import { cx } from '#console/lib/cx.ts'

export interface NavItemProps {
  to: string
  label: string
  icon: ReactNode
  /** Current only at exactly this address. */
  end?: boolean | undefined
  /** A count or a state at the right. */
  mark?: ReactNode
  onNavigate?: (() => void) | undefined
}

/** One line of the side navigation. */
export function NavItem({ to, label, icon, end, mark, onNavigate }: NavItemProps) {
  return (
    <NavLink
      to={to}
      end={end ?? false}
      onClick={onNavigate}
      className={({ isActive }) =>
        cx(
          'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-base transition-[background-color,color] focus-visible:outline-offset-0 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]',
          isActive ? 'bg-selected font-medium text-foreground' : 'text-muted hover:bg-hover hover:text-foreground',
        )
      }
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {mark}
    </NavLink>
  )
}
