import { expect, it } from 'vitest'

import { CreateInvitation, CreateMember, Invitation, Member, UpdateMember } from './members.ts'

const grant = { role: 'member', scopes: { 'workspace:content': 'r' }, workspaces: [] } as const
const at = '2026-11-20T12:00:00.000Z'

it('a list is told also when the workspaces of somebody in it are all gone', () => {
  const member = { id: 4, name: 'Ada', email: 'ada@example.com', ...grant, status: 'active', hasPassword: true }
  const facts = { secondSteps: [], createdAt: at, lastSeenAt: null, invitedBy: null, sessions: 0, tokens: 0 }
  expect(Member.parse({ ...member, ...facts }).workspaces).toEqual([])
  const invitation = { id: 4, email: 'ada@example.com', ...grant, invitedBy: { id: 1, name: 'Owen' } }
  expect(Invitation.parse({ ...invitation, createdAt: at, expiresAt: at, status: 'open' }).workspaces).toEqual([])
})

it('nobody is granted no workspace', () => {
  const person = { name: 'Ada', email: 'ada@example.com', ...grant }
  const { name: _name, ...invited } = person
  const problems = [CreateMember.safeParse(person), CreateInvitation.safeParse(invited), UpdateMember.safeParse(grant)]
  for (const { error } of problems) expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['workspaces'])
})
