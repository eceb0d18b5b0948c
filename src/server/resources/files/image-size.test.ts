import { expect, it } from 'vitest'

import { imageSize } from './image-size.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000002800000012c0806000000', 'hex')
const gif = Buffer.from('4749463839610a0014008000', 'hex')
// JFIF segment, a filler byte, then a progressive frame of 16 rows and 32 columns.
const jpeg = Buffer.from('ffd8ffe000044a46ffffc2000b080010002003012200', 'hex')
const lossy = Buffer.from('52494646240000005745425056503820180000003001009d012a400130020000', 'hex')
const lossless = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f', 'latin1'), Buffer.alloc(9)])
lossless.writeUInt32LE((99 << 0) | (49 << 14), 21)
const extended = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X', 'latin1'), Buffer.alloc(14)])
extended.writeUIntLE(1919, 24, 3)
extended.writeUIntLE(1079, 27, 3)

it.each([
  ['image/png', png, { width: 640, height: 300 }],
  ['image/gif', gif, { width: 10, height: 20 }],
  ['image/jpeg', jpeg, { width: 32, height: 16 }],
  ['image/webp', lossy, { width: 320, height: 560 }],
  ['image/webp', lossless, { width: 100, height: 50 }],
  ['image/webp', extended, { width: 1920, height: 1080 }],
])('the header of %s tells the size', (mime, head, size) => {
  expect(imageSize(mime, head)).toEqual(size)
})

it('a header that is cut anywhere, or tells no size, is no error', () => {
  for (const [mime, head] of Object.entries({
    'image/png': png,
    'image/gif': gif,
    'image/jpeg': jpeg,
    'image/webp': lossy,
  })) {
    for (let length = 0; length < 9; length += 1) expect(imageSize(mime, head.subarray(0, length))).toBeUndefined()
  }
  expect(imageSize('image/jpeg', Buffer.from('ffd8ffe0ffff', 'hex'))).toBeUndefined()
  expect(imageSize('image/gif', Buffer.from('47494638396100000000', 'hex'))).toBeUndefined()
  expect(imageSize('image/avif', png)).toBeUndefined()
})
