import { expect, it } from 'vitest'

import { MASK } from './mask-secrets.ts'
import { changed } from './trail.ts'

it('tells what differs, and nothing else', () => {
  expect(changed({ name: 'a', docs: '', tag: [1] }, { name: 'b', docs: '', tag: [1], swagger: true })).toEqual({
    before: { name: 'a' },
    after: { name: 'b', swagger: true },
  })
  expect(changed({ name: 'a' }, { name: 'a' })).toEqual({ before: {}, after: {} })
})

it('of what is made or deleted tells the whole', () => {
  expect(changed(null, { name: 'a', gone: undefined })).toEqual({ before: null, after: { name: 'a' } })
  expect(changed({ name: 'a' }, null)).toEqual({ before: { name: 'a' }, after: null })
})

it('of lists of named things tells those that differ', () => {
  const id = { name: 'id', type: 'int' }
  const before = { columns: [id, { name: 'a', type: 'text' }, { name: 'b' }] }
  const after = { columns: [id, { name: 'a', type: 'int' }, { name: 'c' }] }
  expect(changed(before, after)).toEqual({
    before: { columns: [{ name: 'a', type: 'text' }, { name: 'b' }] },
    after: { columns: [{ name: 'a', type: 'int' }, { name: 'c' }] },
  })
  expect(changed({ columns: [id, { name: 'a' }] }, { columns: [{ name: 'a' }, id] })).toEqual({
    before: { columns: ['id', 'a'] },
    after: { columns: ['a', 'id'] },
  })
  expect(changed({ tag: ['a'] }, { tag: ['a', 'b'] })).toEqual({ before: { tag: ['a'] }, after: { tag: ['a', 'b'] } })
})

it('shows that a secret changed, and not what it is', () => {
  expect(changed({ s3: { secret: 'one' }, at: 1 }, { s3: { secret: 'two' }, at: 1 })).toEqual({
    before: { s3: { secret: MASK } },
    after: { s3: { secret: MASK } },
  })
})

it('a long value is told by size and hash', () => {
  const items = Array.from({ length: 2_000 }, (_, n) => n + 10_000)
  const { after } = changed({ items: [] }, { items })
  expect(after).toEqual({
    items: { omitted: 'too long', characters: 12_001, sha256: expect.stringMatching(/^[\da-f]{64}$/) as string },
  })
})
