import { expect, test } from 'vitest'

import { placeTooltip } from './tooltip-place.ts'

const view = { width: 1000, height: 600 }
const tip = { width: 100, height: 20 }

test('a tip stands centred at the wished side', () => {
  const anchor = { left: 400, top: 300, width: 40, height: 30 }
  expect(placeTooltip(anchor, tip, view, 'top')).toEqual({ left: 370, top: 274 })
  expect(placeTooltip(anchor, tip, view, 'right')).toEqual({ left: 446, top: 305 })
})

test('with no room at the wished side it goes to the other one', () => {
  expect(placeTooltip({ left: 400, top: 4, width: 40, height: 30 }, tip, view, 'top').top).toBe(40)
  expect(placeTooltip({ left: 950, top: 300, width: 40, height: 30 }, tip, view, 'right').left).toBe(844)
})

test('it never passes an edge of the window', () => {
  expect(placeTooltip({ left: 0, top: 300, width: 10, height: 30 }, tip, view, 'bottom').left).toBe(8)
  expect(placeTooltip({ left: 990, top: 300, width: 10, height: 30 }, tip, view, 'bottom').left).toBe(892)
})
