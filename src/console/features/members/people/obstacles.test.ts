import { expect, it } from 'vitest'

import type { Role } from '#api/contract/members.ts'

import { obstaclesOf, reasonsOf } from './obstacles.ts'

const as = (role: Role) => ({ id: 1, name: 'Me', email: 'me@example.com', role })
const other = (role: Role) => ({ id: 2, role })

it('owners manage everybody, admins everybody but owners', () => {
  expect(obstaclesOf(other('owner'), as('owner'))).toEqual({ manage: undefined, end: undefined, reset: undefined })
  expect(obstaclesOf(other('admin'), as('admin'))).toMatchObject({ manage: undefined, end: undefined })
  expect(obstaclesOf(other('owner'), as('admin')).manage).toMatch(/Only an owner/)
  expect(obstaclesOf(other('owner'), as('admin')).end).toMatch(/Only an owner/)
  expect(obstaclesOf(other('member'), as('admin')).reset).toMatch(/Only an owner/)
})

it('nobody ends their own account by a slip', () => {
  const { manage, end, reset } = obstaclesOf({ id: 1, role: 'owner' }, as('owner'))
  expect(manage).toBeUndefined()
  expect(end).toMatch(/your own account/)
  expect(reset).toMatch(/under your account/)
})

it('who can help with the own account is said: admins do not touch owners', () => {
  expect(obstaclesOf({ id: 1, role: 'owner' }, as('owner')).end).toMatch(/: another owner can/)
  expect(obstaclesOf({ id: 1, role: 'admin' }, as('admin')).end).toMatch(/: an owner or another admin can/)
})

it('each reason is given once, that of a second step too', () => {
  expect(reasonsOf(obstaclesOf(other('member'), as('owner')))).toEqual([])
  expect(reasonsOf(obstaclesOf(other('member'), as('admin')))).toEqual(['Only an owner resets a second step.'])
  expect(reasonsOf(obstaclesOf(other('owner'), as('admin')))).toHaveLength(2)
})

it('nothing may be done while nobody is known to be signed in', () => {
  expect(Object.values(obstaclesOf(other('member'), undefined)).filter((why) => why === undefined)).toEqual([])
})
