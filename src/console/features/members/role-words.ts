import type { Role } from '#api/contract/members.ts'
import type { Tone } from '#console/ui/badge.tsx'

/** From the one who may most to the one who may least. */
export const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly Role[]

interface RoleWords {
  label: string
  /** What the role means, in one sentence. */
  hint: string
  tone: Tone
}

export const ROLE_WORDS: Record<Role, RoleWords> = {
  owner: { label: 'Owner', hint: 'Does everything, also with owners and with how people sign in.', tone: 'accent' },
  admin: {
    label: 'Admin',
    hint: 'Does everything in all workspaces; owners and how people sign in are left to owners.',
    tone: 'info',
  },
  member: { label: 'Member', hint: 'Does what is granted below, and nothing else.', tone: 'neutral' },
}

/** Owners are made, changed and removed by owners. */
export const mayManage = (mine: Role, theirs: Role): boolean =>
  mine === 'owner' || (mine === 'admin' && theirs !== 'owner')
