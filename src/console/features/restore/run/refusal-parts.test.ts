import { expect, it } from 'vitest'

import { refusalParts } from './refusal-parts.ts'

it('finds the restore that stands in the way', () => {
  expect(refusalParts('It cannot be undone. Restore 12 of the same tables came later. Undo that first.')).toEqual([
    { at: 0, text: 'It cannot be undone. ' },
    { at: 21, text: 'Restore 12', restoreId: '12' },
    { at: 31, text: ' of the same tables came later. Undo that first.' },
  ])
  expect(refusalParts('Restore 3 took it back already')).toEqual([
    { at: 0, text: 'Restore 3', restoreId: '3' },
    { at: 9, text: ' took it back already' },
  ])
})

it('leaves words that name none as they are', () => {
  expect(refusalParts('It is not done yet.')).toEqual([{ at: 0, text: 'It is not done yet.' }])
  expect(refusalParts('')).toEqual([])
})
