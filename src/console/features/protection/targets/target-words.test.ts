import { expect, it } from 'vitest'

import { placeWords, testWords, usersWords } from './target-words.ts'

const s3 = {
  kind: 's3',
  region: 'eu-central-1',
  bucket: 'nightly',
  prefix: 'shop/',
  pathStyle: true,
  accessKeyId: 'k',
} as const

it('says where archives go', () => {
  expect(placeWords({ kind: 'folder', path: '/mnt/backups' })).toBe('/mnt/backups')
  expect(placeWords({ ...s3, endpoint: 'http://minio.local:9000' })).toBe('s3://nightly/shop/ at minio.local:9000')
  expect(placeWords({ ...s3, endpoint: '' })).toBe('s3://nightly/shop/ (Amazon, eu-central-1)')
})

it('says who writes there', () => {
  expect(usersWords([])).toBe('no schedule')
  expect(usersWords([{ id: 1, name: 'Nightly' }])).toBe('Nightly')
  expect(usersWords([1, 2, 3].map((id) => ({ id, name: `Run ${id}` })))).toBe('Run 1 and 2 others')
})

it('says how the last test went', () => {
  const test = { ok: true, at: '2026-11-20T12:00:00Z', ms: 120, steps: [] }
  expect(testWords(test)).toBe('works, 120 ms')
  expect(testWords({ ...test, ok: false, steps: [{ step: 'write', ok: false, message: 'no' }] })).toBe(
    'could not write',
  )
})
