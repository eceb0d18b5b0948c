import { expect, it } from 'vitest'

import { GRANT_START } from '../grant-form.ts'
import { accessNote } from './access-note.ts'

const to = (role: 'owner' | 'admin' | 'member') => ({ ...GRANT_START, role })
const other = { isMe: false, isOnlyOwner: false }

it('tells before it is sent what a change of role brings, and nothing where the role stays', () => {
  const owner = { role: 'owner' as const, tokens: 2 }
  const member = { role: 'member' as const, tokens: 0 }
  expect(accessNote(owner, to('owner'), { isMe: true, isOnlyOwner: true })).toBeUndefined()
  expect(accessNote(owner, to('admin'), { isMe: true, isOnlyOwner: true })).toMatch(/^You are the only owner/)
  expect(accessNote(owner, to('admin'), { isMe: true, isOnlyOwner: false })).toMatch(/another owner must give it back/)
  expect(accessNote(owner, to('member'), other)).toMatch(/^Tokens made by them/)
  expect(accessNote(member, to('owner'), other)).toMatch(/can remove you/)
})
