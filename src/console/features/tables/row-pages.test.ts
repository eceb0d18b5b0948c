import { describe, expect, it } from 'vitest'

import { listPages, pageOf, pagesAround, placeInPage } from './row-pages.ts'

describe('pages of rows', () => {
  it('are the ones in view and those a little beyond', () => {
    expect(pagesAround(0, 30, 150_000)).toEqual({ first: 1, last: 1 })
    expect(pagesAround(160, 190, 150_000)).toEqual({ first: 1, last: 2 })
    expect(pagesAround(149_980, 149_999, 150_000)).toEqual({ first: 750, last: 750 })
  })

  it('end where the rows end, and there is always a first one', () => {
    expect(pagesAround(0, 30, 0)).toEqual({ first: 1, last: 1 })
    expect(pagesAround(900, 930, 10)).toEqual({ first: 1, last: 1 })
  })

  it('know each row by page and place', () => {
    expect([pageOf(0), pageOf(199), pageOf(200), placeInPage(200), placeInPage(399)]).toEqual([1, 1, 2, 0, 199])
    expect(listPages({ first: 3, last: 5 })).toEqual([3, 4, 5])
  })
})
