import type { Member } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'

import { mayManage } from '../role-words.ts'

/** Why something may not be done to a member; undefined where it may. */
export interface Obstacles {
  /** Changing what they may do. */
  manage: string | undefined
  /** Disabling, enabling, removing. */
  end: string | undefined
  /** Taking their second step away. */
  reset: string | undefined
}

export function obstaclesOf(member: Pick<Member, 'id' | 'role'>, me: Session['user'] | undefined): Obstacles {
  const manage =
    me === undefined || !mayManage(me.role, member.role) ? 'Only an owner changes or removes owners.' : undefined
  const isMe = member.id === me?.id
  return {
    manage,
    end: manage ?? (isMe ? 'This is your own account: another owner or admin can disable or remove it.' : undefined),
    reset: isMe
      ? 'Change your own second step under your account.'
      : me?.role === 'owner'
        ? undefined
        : 'Only an owner resets a second step.',
  }
}
