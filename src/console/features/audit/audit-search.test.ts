import { describe, expect, it } from 'vitest'

import { changeAuditSearch, filterOf, isFiltered, isSameList, NO_FILTER, readAuditSearch } from './audit-search.ts'

const now = new Date('2026-11-20T12:00:42.123Z')
const read = (query: string) => readAuditSearch(new URLSearchParams(query))

describe('what the audit log is cut to', () => {
  it('is nothing by default, and nonsense is passed over', () => {
    for (const query of ['', 'type=eat&outcome=?&person=-1&range=2y&workspace=x&from=yesterday&record=0']) {
      expect(filterOf(read(query), now)).toEqual({})
      expect(isFiltered(read(query))).toBe(false)
    }
  })

  it('is read from the address', () => {
    expect(
      filterOf(read('q=orders&who=ann&person=3&type=update&outcome=refused&kind=table&target=7&workspace=2'), now),
    ).toEqual({
      text: 'orders',
      actor: 'ann',
      personId: 3,
      type: 'update',
      outcome: 'refused',
      targetKind: 'table',
      targetId: '7',
      workspaceId: 2,
    })
    expect(filterOf(read('token=9'), now)).toEqual({ actorKind: 'token', actorId: 9 })
    expect(filterOf(read('by=system&type=read&outcome=interrupted'), now)).toEqual({
      actorKind: 'system',
      type: 'read',
      outcome: 'interrupted',
    })
    expect(filterOf(read('by=session&token=9'), now)).toEqual({ actorKind: 'token', actorId: 9 })
  })

  it('counts a time back from the minute, so that the same list keeps its name', () => {
    expect(filterOf(read('range=24h'), now)).toEqual({ from: '2026-11-19T12:00:00.000Z' })
    const between = 'range=between&from=2026-11-01T00:00:00.000Z'
    expect(filterOf(read(between), now)).toEqual({ from: '2026-11-01T00:00:00.000Z' })
    expect(filterOf(read('from=2026-11-01T00:00:00.000Z'), now)).toEqual({})
  })

  it('does not count the record that is open', () => {
    expect(isFiltered(read('record=4'))).toBe(false)
    expect(isFiltered(read('record=4&q=a'))).toBe(true)
  })

  it.each([
    ['q=a&record=4', 'q=a', true],
    ['', 'record=4', true],
    ['range=1h', 'range=1h&record=4&nonsense=1', true],
    ['q=a', 'q=b&record=4', false],
    ['range=1h', 'range=24h', false],
  ])('from %j to %j is the same list: %s', (before, after, isSame) => {
    expect(isSameList(new URLSearchParams(before), new URLSearchParams(after))).toBe(isSame)
  })

  it('leaves the address as short as it was once every filter is gone', () => {
    const full = new URLSearchParams(
      'q=a&who=b&by=token&person=1&token=2&type=create&kind=table&target=1&range=7d&record=4',
    )
    expect(changeAuditSearch(full, NO_FILTER).toString()).toBe('record=4')
  })
})
