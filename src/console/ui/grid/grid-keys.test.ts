import { describe, expect, it } from 'vitest'

import { moveCursor } from './grid-keys.ts'

const extent = { rowCount: 1_000_000, columnCount: 12, pageRows: 20 }
const middle = { row: 500, column: 5 }

describe('the cursor', () => {
  it.each([
    ['ArrowUp', false, { row: 499, column: 5 }],
    ['ArrowDown', false, { row: 501, column: 5 }],
    ['ArrowLeft', false, { row: 500, column: 4 }],
    ['ArrowRight', false, { row: 500, column: 6 }],
    ['ArrowUp', true, { row: 0, column: 5 }],
    ['ArrowDown', true, { row: 999_999, column: 5 }],
    ['ArrowLeft', true, { row: 500, column: 0 }],
    ['ArrowRight', true, { row: 500, column: 11 }],
    ['Home', false, { row: 500, column: 0 }],
    ['End', false, { row: 500, column: 11 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 999_999, column: 11 }],
    ['PageUp', false, { row: 480, column: 5 }],
    ['PageDown', false, { row: 520, column: 5 }],
  ])('goes by %s (Ctrl: %s)', (key, hasCtrl, expected) => {
    expect(moveCursor(key, hasCtrl, middle, extent)).toEqual(expected)
  })

  it('stops at the edges, with the header above the first row', () => {
    expect(moveCursor('ArrowUp', false, { row: 0, column: 0 }, extent)).toEqual({ row: -1, column: 0 })
    expect(moveCursor('ArrowUp', false, { row: -1, column: 0 }, extent)).toEqual({ row: -1, column: 0 })
    expect(moveCursor('ArrowLeft', false, { row: 0, column: 0 }, extent)).toEqual({ row: 0, column: 0 })
    expect(moveCursor('ArrowDown', false, { row: 999_999, column: 11 }, extent)).toEqual({ row: 999_999, column: 11 })
    expect(moveCursor('ArrowRight', false, { row: 0, column: 11 }, extent)).toEqual({ row: 0, column: 11 })
    expect(moveCursor('PageUp', false, { row: 3, column: 0 }, extent)).toEqual({ row: 0, column: 0 })
    expect(moveCursor('PageDown', false, { row: 999_990, column: 0 }, extent)).toEqual({ row: 999_999, column: 0 })
  })

  it('leaves other keys alone', () => {
    expect(moveCursor('a', false, middle, extent)).toBeUndefined()
    expect(moveCursor('Tab', false, middle, extent)).toBeUndefined()
  })

  it('has only the header to go to when there are no rows', () => {
    expect(moveCursor('ArrowDown', false, { row: -1, column: 0 }, { ...extent, rowCount: 0 })).toEqual({
      row: -1,
      column: 0,
    })
  })
})
