import { describe, expect, it } from 'vitest'

import { readRowView, writeRowView, type RowView } from './row-search-params.ts'

const roundTrip = (view: RowView): RowView =>
  readRowView(new URLSearchParams(writeRowView(new URLSearchParams(), view).toString()))

describe('the view of the rows in the address', () => {
  it('comes back as it was written, whatever characters it holds', () => {
    const view: RowView = {
      filters: [
        { column: 'stock', operator: '>=', value: '4' },
        { column: 'a|b%7C', operator: 'contains', value: 'x|y & z=1' },
        { column: '-odd', operator: 'not in', value: 'void, draft' },
        { column: 'note', operator: 'is null', value: '' },
      ],
      sort: { column: '-odd', direction: 'desc' },
    }
    expect(roundTrip(view)).toEqual(view)
  })

  it('passes over what makes no sense and keeps the rest', () => {
    const params = new URLSearchParams('f=stock|~|4&f=&f=name|contains|ab&sort=')
    expect(readRowView(params)).toEqual({
      filters: [{ column: 'name', operator: 'contains', value: 'ab' }],
      sort: undefined,
    })
  })

  it('leaves other parts of the address alone', () => {
    const params = new URLSearchParams('tab=x&f=old|=|1&sort=old')
    expect(writeRowView(params, { filters: [], sort: { column: 'id', direction: 'asc' } }).toString()).toBe(
      'tab=x&sort=id',
    )
  })
})
