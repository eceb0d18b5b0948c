import { describe, expect, it } from 'vitest'

import {
  clampOffset,
  createScrollScale,
  maxScrollPx,
  offsetShowingRow,
  rowHeightPx,
  rowsInView,
  settleOffset,
} from './scroll-scale.ts'

const viewportPx = 640

describe('a grid that the browser can draw whole', () => {
  const scale = createScrollScale(10_000, viewportPx)

  it('scrolls pixel for pixel', () => {
    expect(scale.physicalPx).toBe(320_000)
    expect(scale.factor).toBe(1)
    expect(settleOffset(scale, 0, 1_234)).toBe(1_234)
  })

  it('draws what is in view and a little more', () => {
    expect(rowsInView(scale, 0)).toEqual({ first: 0, last: 27, firstVisible: 0, lastVisible: 19 })
    expect(rowsInView(scale, 16)).toMatchObject({ firstVisible: 0, lastVisible: 20 })
    expect(rowsInView(scale, 320_000 - viewportPx)).toMatchObject({ last: 9_999, lastVisible: 9_999 })
  })
})

describe.each([1_000_000, 50_000_000])('a grid of %d rows', (rowCount) => {
  const scale = createScrollScale(rowCount, viewportPx)
  const bottom = maxScrollPx - viewportPx

  it('fits the scroll range that browsers draw', () => {
    expect(scale.physicalPx).toBe(maxScrollPx)
  })

  it('shows the first row at the top and the last at the bottom', () => {
    expect(settleOffset(scale, 0, 0)).toBe(0)
    expect(rowsInView(scale, settleOffset(scale, 0, bottom)).lastVisible).toBe(rowCount - 1)
  })

  it('reaches every row by keyboard, wholly in view', () => {
    for (const row of [0, 1, 313_000, Math.floor(rowCount / 2), rowCount - 2, rowCount - 1]) {
      const offset = offsetShowingRow(scale, 0, row)
      const settled = settleOffset(scale, offset, Math.round(offset / scale.factor))
      expect(settled).toBe(offset)
      expect(row * rowHeightPx).toBeGreaterThanOrEqual(settled)
      expect((row + 1) * rowHeightPx).toBeLessThanOrEqual(settled + viewportPx)
    }
  })

  it('moves by single rows although the scrollbar hardly does', () => {
    const start = settleOffset(scale, 0, 5_000_000)
    const next = clampOffset(scale, start + rowHeightPx)
    expect(settleOffset(scale, next, 5_000_000 + Math.round((next - start) / scale.factor))).toBeCloseTo(next, 3)
  })

  it('follows the scrollbar when that is dragged', () => {
    expect(settleOffset(scale, 640, bottom / 2)).toBeCloseTo((rowCount * rowHeightPx - viewportPx) / 2, 0)
  })
})

it('copes with fewer rows than fit, and with none', () => {
  const few = createScrollScale(3, viewportPx)
  expect(few.factor).toBe(1)
  expect(rowsInView(few, 0)).toMatchObject({ first: 0, last: 2 })
  expect(clampOffset(few, 50)).toBe(0)
  expect(rowsInView(createScrollScale(0, viewportPx), 0).last).toBe(-1)
})
