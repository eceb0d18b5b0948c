import { describe, expect, it } from 'vitest'

import { createSequence, keyName } from './hotkey-sequence.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('the name of a key', () => {
  it('calls Ctrl and ⌘ the same', () => {
    expect(keyName({ ...plain, key: 'k', ctrlKey: true })).toBe('mod+k')
    expect(keyName({ ...plain, key: 'k', metaKey: true })).toBe('mod+k')
  })

  it('names Shift beside letters and named keys, not beside signs that need it', () => {
    expect(keyName({ ...plain, key: 'P', shiftKey: true, ctrlKey: true })).toBe('mod+shift+p')
    expect(keyName({ ...plain, key: 'Enter', shiftKey: true })).toBe('shift+enter')
    expect(keyName({ ...plain, key: '?', shiftKey: true })).toBe('?')
  })
})

describe('a sequence', () => {
  it('completes on its last key, and only then', () => {
    const sequence = createSequence(['g i', 'g w', '?'])
    expect(sequence.press('g', 0)).toBeUndefined()
    expect(sequence.press('w', 200)).toBe('g w')
    expect(sequence.press('?', 300)).toBe('?')
  })

  it('forgets its start after a second', () => {
    const sequence = createSequence(['g i'])
    sequence.press('g', 0)
    expect(sequence.press('i', 1_001)).toBeUndefined()
  })

  it('starts over with a key that fits nowhere else', () => {
    const sequence = createSequence(['g i'])
    sequence.press('g', 0)
    sequence.press('x', 100)
    expect(sequence.press('i', 200)).toBeUndefined()
    sequence.press('g', 300)
    sequence.press('g', 400)
    expect(sequence.press('i', 500)).toBe('g i')
  })

  it('does not fire twice for one completion', () => {
    const sequence = createSequence(['g i'])
    sequence.press('g', 0)
    expect(sequence.press('i', 100)).toBe('g i')
    expect(sequence.press('i', 200)).toBeUndefined()
  })
})
