/** Rows asked for at a time: a few screens, so that scrolling seldom meets a row that is not there yet. */
export const ROWS_A_PAGE = 200

/** Rows beyond the visible ones that are fetched as well. */
const MARGIN = 50

export interface PageSpan {
  first: number
  last: number
}

/** The pages, counted from 1, that hold the rows from `first` to `last`, counted from 0. */
export function pagesAround(first: number, last: number, rowCount: number): PageSpan {
  const lastRow = Math.max(0, rowCount - 1)
  return {
    first: pageOf(Math.min(Math.max(0, first - MARGIN), lastRow)),
    last: pageOf(Math.min(last + MARGIN, lastRow)),
  }
}

export const pageOf = (row: number): number => Math.floor(row / ROWS_A_PAGE) + 1

export const placeInPage = (row: number): number => row % ROWS_A_PAGE

export function listPages({ first, last }: PageSpan): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
}
