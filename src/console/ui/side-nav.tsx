import { NavItem, type NavItemProps } from './nav-item.tsx'

export interface NavGroup {
  /** Names the group for assistive technology: "Workspace", "Account". */
  label: string
  items: readonly Omit<NavItemProps, 'onNavigate'>[]
}

/** Above the rule what belongs to the chosen thing, below it what belongs to the account. */
export function SideNav({ groups, onNavigate }: { groups: readonly NavGroup[]; onNavigate?: () => void }) {
  return (
    <nav aria-label="Main" className="flex flex-col p-2">
      {groups
        .filter((group) => group.items.length > 0)
        .map((group) => (
          <ul
            key={group.label}
            aria-label={group.label}
            className="flex flex-col gap-px not-first:mt-2 not-first:border-t not-first:pt-2"
          >
            {group.items.map((item) => (
              <li key={item.to}>
                <NavItem {...item} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        ))}
    </nav>
  )
}
