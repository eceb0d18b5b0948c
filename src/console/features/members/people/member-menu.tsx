import { Ban, CircleCheck, Ellipsis, KeyRound, Pencil, ScrollText, UserMinus } from 'lucide-react'

import type { Member } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'

import { obstaclesOf, reasonsOf } from './obstacles.ts'

export interface MemberActions {
  onChange: (member: Member) => void
  /** Disables an active one, enables a disabled one. */
  onSwitch: (member: Member) => void
  onResetSecondStep: (member: Member) => void
  onRemove: (member: Member) => void
}

interface MemberMenuProps extends MemberActions {
  member: Member
  me: Session['user'] | undefined
}

/** What can be done to a member; what may not be done says why. */
export function MemberMenu({ member, me, onChange, onSwitch, onResetSecondStep, onRemove }: MemberMenuProps) {
  const { manage, end, reset } = obstaclesOf(member, me)
  const hasSecondStep = member.secondSteps.length > 0
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${member.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} disabled={manage !== undefined} onSelect={() => onChange(member)}>
        Change access
      </MenuItem>
      <MenuItem
        icon={member.status === 'active' ? <Ban aria-hidden /> : <CircleCheck aria-hidden />}
        disabled={end !== undefined}
        onSelect={() => onSwitch(member)}
      >
        {member.status === 'active' ? 'Disable' : 'Enable'}
      </MenuItem>
      {hasSecondStep && (
        <MenuItem
          icon={<KeyRound aria-hidden />}
          disabled={reset !== undefined}
          onSelect={() => onResetSecondStep(member)}
        >
          Reset second step
        </MenuItem>
      )}
      <MenuLink icon={<ScrollText aria-hidden />} to={`/audit?person=${member.id}`}>
        What they did
      </MenuLink>
      <MenuSeparator />
      <MenuItem danger icon={<UserMinus aria-hidden />} disabled={end !== undefined} onSelect={() => onRemove(member)}>
        Remove member
      </MenuItem>
      {reasonsOf({ manage, end, reset: hasSecondStep ? reset : undefined }).map((reason) => (
        <p key={reason} className="max-w-60 px-2 pt-1 pb-1.5 text-xs text-muted">
          {reason}
        </p>
      ))}
    </Menu>
  )
}
