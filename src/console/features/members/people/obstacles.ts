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
    end: manage ?? (isMe ? ownAccount(member.role) : undefined),
    reset: isMe
      ? 'Change your own second step under your account.'
      : me?.role === 'owner'
        ? undefined
        : 'Only an owner resets a second step.',
  }
}

function ownAccount(role: Member['role']): string {
  const others = role === 'owner' ? 'another owner' : 'an owner or another admin'
  return `This is your own account: ${others} can disable or remove it.`
}

/** What a menu says below the things that it does not let do, each reason once. */
export function reasonsOf({ manage, end, reset }: Obstacles): string[] {
  return [...new Set([manage, end, reset])].filter((reason) => reason !== undefined)
}
