import { expect, it } from 'vitest'

import { mimeOf, misfit, plainMime, sniff } from './media-type.ts'

const head = (text: string): Buffer => Buffer.from(text, 'latin1')

it.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x10\0\0\0WEBPVP8L', 'image/webp'],
  ['\0\0\0\x20ftypavif', 'image/avif'],
  ['<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['\0\0\0\x18ftypmp42', 'video/mp4'],
  ['\0\0\0\x18ftypqt  ', 'video/quicktime'],
  ['\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'video/webm'],
  ['RIFF\x10\0\0\0AVI LIST', 'video/x-msvideo'],
  ['OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80theora', 'video/ogg'],
  ['OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01vorbis', 'audio/ogg'],
  ['RIFF\x10\0\0\0WAVEfmt ', 'audio/wav'],
  ['ID3\x04\0', 'audio/mpeg'],
  ['\xff\xfb\x90\x64', 'audio/mpeg'],
  ['\xff\xf1\x50\x80', 'audio/aac'],
  ['fLaC\0', 'audio/flac'],
])('bytes that begin with %j are %s', (start, mime) => {
  expect(sniff(head(start))?.mime).toBe(mime)
})

it.each([
  '',
  '<html><svg></html>',
  '%PDF-1.7',
  'BM and other words',
  'just text',
  '\xff\xfb\xff',
  '\xff\xfea\0b\0',
  '<!--'.repeat(600),
])('bytes that begin with %j are no picture, video or sound', (start) => {
  expect(sniff(head(start))).toBeUndefined()
})

it('a declared type is cut to its bare form, and what is none says nothing', () => {
  expect(plainMime('Text/HTML; charset=utf-8')).toBe('text/html')
  expect(plainMime('text/html\r\nx: y')).toBe('application/octet-stream')
  expect(plainMime('')).toBe('application/octet-stream')
})

it('the content decides what a file is; the sender only where the content does not tell', () => {
  expect(mimeOf(sniff(head('GIF89a')), 'image/png')).toBe('image/gif')
  expect(mimeOf(undefined, 'text/csv')).toBe('text/csv')
  expect(mimeOf(undefined, 'image/png')).toBe('application/octet-stream')
})

it('a container of sound or pictures is what the sender says of the two', () => {
  const webm = sniff(head('\x1a\x45\xdf\xa3\x42\x82\x84webm'))
  expect(mimeOf(webm, 'audio/webm')).toBe('audio/webm')
  expect(mimeOf(webm, 'application/octet-stream')).toBe('video/webm')
  expect(misfit('audio', webm, 'audio/webm')).toBeUndefined()
  expect(misfit('video', webm, 'video/webm')).toBeUndefined()
})

it('a kind is refused unless content and declared type both fit', () => {
  const png = sniff(head('\x89PNG\r\n\x1a\n'))
  expect(misfit('image', png, 'image/png')).toBeUndefined()
  expect(misfit('image', png, 'application/octet-stream')).toBeUndefined()
  expect(misfit('image', png, 'text/html')).toMatch('text/html')
  expect(misfit('image', undefined, 'image/png')).toMatch('no image')
  expect(misfit('video', png, 'video/mp4')).toMatch('image/png')
})
