import { encode } from 'uqr'
import { expect, test } from 'vitest'

import { qrPath } from './qr-path.ts'

test('the path fills exactly the dark fields of the code', async () => {
  const text = 'otpauth://totp/Metadeck:a%40b.co?secret=ABCDEFGH'
  const { size, path } = await qrPath(text)
  const filled = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) filled[Number(y)]?.splice(Number(x) + at, 1, true)
  }
  expect(filled).toEqual(encode(text, { ecc: 'M', border: 2 }).data)
})
