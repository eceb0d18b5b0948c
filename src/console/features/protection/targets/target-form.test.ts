import { expect, it } from 'vitest'

import { formOf, saveOf, TargetForm } from './target-form.ts'

const filled: TargetForm = {
  ...formOf(undefined),
  name: 'Off-site',
  bucket: 'nightly',
  accessKeyId: 'key',
  secret: 'secret',
}

const faults = (form: TargetForm): string[] =>
  (TargetForm.safeParse(form).error?.issues ?? []).map(({ path }) => path.join('.'))

it('asks for what its kind needs and for nothing of the other', () => {
  expect(faults(filled)).toEqual([])
  expect(faults({ ...filled, bucket: '', accessKeyId: '', secret: '' })).toEqual(['bucket', 'accessKeyId', 'secret'])
  expect(faults({ ...filled, endpoint: 'minio:9000' })).toEqual(['endpoint'])
  expect(faults({ ...formOf(undefined), name: 'Disk', kind: 'folder', path: '/mnt/backups' })).toEqual([])
  expect(faults({ ...formOf(undefined), name: 'Disk', kind: 'folder', path: 'backups' })).toEqual(['path'])
})

it('sends a secret only where one was typed, and no field of the other kind', () => {
  expect(saveOf(filled)).toMatchObject({
    name: 'Off-site',
    secret: 'secret',
    settings: { kind: 's3', bucket: 'nightly' },
  })
  expect(saveOf({ ...filled, secret: '', hasSecret: true })).not.toHaveProperty('secret')
  expect(saveOf({ ...filled, kind: 'folder', path: '/mnt/a' })).toEqual({
    name: 'Off-site',
    settings: { kind: 'folder', path: '/mnt/a' },
  })
})

it('is named after its bucket or folder where nobody gave a name', () => {
  expect(faults({ ...filled, name: '' })).toEqual([])
  expect(saveOf({ ...filled, name: ' ' }).name).toBe('nightly')
  expect(saveOf({ ...filled, name: '', kind: 'folder', path: '/mnt/backups/' }).name).toBe('backups')
})
