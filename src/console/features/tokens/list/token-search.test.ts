import { describe, expect, it } from 'vitest'

import { inDays, NOW, tokenWith } from '../token-fixture.ts'
import { shownCount } from './shown-counts.ts'
import {
  changeTokenSearch,
  pickTokens,
  readTokenSearch,
  SHOWN,
  showing,
  toFilter,
  type TokenSearch,
} from './token-search.ts'

const read = (text: string): TokenSearch => readTokenSearch(new URLSearchParams(text))

describe('the address of the list', () => {
  it('is active tokens, newest first, whatever else stands in it', () => {
    expect(toFilter(read(''))).toEqual({ status: 'active', sort: 'created', order: 'desc' })
    expect(read('show=?&sort=nonsense&order=up&workspace=-1&scope=x')).toEqual(read(''))
  })

  it('asks the server to filter, sort and search', () => {
    expect(toFilter(read('show=all&sort=name&order=asc&q=night&workspace=3&scope=workspace:content'))).toEqual({
      sort: 'name',
      order: 'asc',
      search: 'night',
      workspaceId: 3,
      scope: 'workspace:content',
    })
  })

  it('holds only what differs from the usual', () => {
    const before = new URLSearchParams('show=revoked&q=a')
    expect(changeTokenSearch(before, { show: 'active' }).toString()).toBe('q=a')
    expect(changeTokenSearch(before, { q: '', sort: 'expires' }).toString()).toBe('show=revoked&sort=expires')
  })
})

it('shows what is dangerous the worst first, and lets the server find it', () => {
  expect(toFilter({ ...read(''), ...showing('dangerous') })).toEqual({
    status: 'active',
    dangerous: 'true',
    sort: 'danger',
    order: 'desc',
  })
  expect(showing('active')).toEqual({ show: 'active' })
})

it('counts what each choice shows, as far as the server has told', () => {
  const counts = { active: 5, disabled: 1, blocked: 0, expired: 2, revoked: 3 }
  const attention = { unused: 4, expiring: 6, dangerous: 7 }
  const all = SHOWN.map((show) => shownCount(show, { counts, attention }))
  expect(all).toEqual([5, 7, 4, 6, 1, 0, 2, 3, undefined])
  expect(SHOWN.some((show) => shownCount(show, { counts: undefined, attention: undefined }) !== undefined)).toBe(false)
})

describe('tokens that need attention', () => {
  it('are asked for in the order that puts them first', () => {
    expect(toFilter(read('show=unused&sort=name'))).toEqual({ status: 'active', sort: 'lastUsed', order: 'asc' })
    expect(toFilter(read('show=ending'))).toEqual({ status: 'active', sort: 'expires', order: 'asc' })
  })

  it('are unused for 30 days, counted from their making where nothing ever used them', () => {
    const neverOld = tokenWith(40)
    const neverYoung = tokenWith(2)
    const usedLong = tokenWith(90, { lastUsedAt: inDays(-31) })
    const usedLately = tokenWith(91, { lastUsedAt: inDays(-1) })
    const ids = (items: Parameters<typeof pickTokens>[0]) => pickTokens(items, 'unused', NOW).rows.map(({ id }) => id)
    expect(ids([neverOld, neverYoung, usedLong, usedLately])).toEqual([40, 90])
    expect(pickTokens([neverOld, neverYoung], 'unused', NOW).mayFollow).toBe(true)
    expect(pickTokens([neverOld, usedLately], 'unused', NOW).mayFollow).toBe(false)
  })

  it('end within a week; after the first that does not, none follows', () => {
    const soon = tokenWith(1, { expiresAt: inDays(6.9) })
    const later = tokenWith(2, { expiresAt: inDays(7.1) })
    expect(pickTokens([soon, later, tokenWith(3)], 'ending', NOW)).toEqual({ rows: [soon], mayFollow: false })
    expect(pickTokens([soon], 'ending', NOW).mayFollow).toBe(true)
  })

  it('are not those that another token takes the place of already, though more may follow them', () => {
    const rotating = tokenWith(1, { expiresAt: inDays(1), rotatedTo: tokenWith(9) })
    expect(pickTokens([rotating], 'ending', NOW)).toEqual({ rows: [], mayFollow: true })
  })
})
