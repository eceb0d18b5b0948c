/* oxlint-disable no-control-regex -- signatures of binary formats hold control characters */
import type { MediaKind } from '#api/contract/files.ts'

/** What a file's first bytes say it is. A container that holds sound or pictures has both kinds. */
export interface Signature {
  mime: string
  kinds: readonly MediaKind[]
}

const image = (mime: string): Signature => ({ mime: `image/${mime}`, kinds: ['image'] })
const video = (mime: string): Signature => ({ mime: `video/${mime}`, kinds: ['video'] })
const audio = (mime: string): Signature => ({ mime: `audio/${mime}`, kinds: ['audio'] })
const container = (mime: string): Signature => ({ mime: `video/${mime}`, kinds: ['video', 'audio'] })

/** Signatures at fixed places, in Latin-1 (WHATWG MIME Sniffing, section 6, and the formats' own documents). */
const SIGNATURES: readonly { pattern: RegExp; found: Signature }[] = [
  { pattern: /^\x89PNG\r\n\x1a\n/, found: image('png') },
  { pattern: /^\xff\xd8\xff/, found: image('jpeg') },
  { pattern: /^GIF8[79]a/, found: image('gif') },
  { pattern: /^RIFF[^]{4}WEBPVP8/, found: image('webp') },
  { pattern: /^[^]{4}ftypavi[fs]/, found: image('avif') },
  { pattern: /^[^]{4}ftyp(heic|heix|hevc|mif1|msf1)/, found: image('heic') },
  { pattern: /^(II\*\0|MM\0\*)/, found: image('tiff') },
  { pattern: /^BM[^]{4}\0\0\0\0[^]{4}[\x0c\x28\x6c\x7c]\0\0\0/, found: image('bmp') },
  { pattern: /^\0\0\x01\0[^\0]\0/, found: image('x-icon') },
  { pattern: /^[^]{4}ftypM4[AB]/, found: audio('mp4') },
  { pattern: /^[^]{4}ftypqt /, found: video('quicktime') },
  { pattern: /^[^]{4}ftyp3g[2p]/, found: container('3gpp') },
  { pattern: /^[^]{4}ftyp(avc1|dash|iso[m2-9]|M4V|mmp4|mp4[12]|MSNV)/, found: container('mp4') },
  { pattern: /^\x1a\x45\xdf\xa3[^]{0,60}matroska/, found: container('x-matroska') },
  { pattern: /^\x1a\x45\xdf\xa3[^]{0,60}webm/, found: container('webm') },
  { pattern: /^RIFF[^]{4}AVI /, found: video('x-msvideo') },
  { pattern: /^\0\0\x01[\xb3\xba]/, found: video('mpeg') },
  { pattern: /^FLV\x01/, found: video('x-flv') },
  { pattern: /^OggS[^]{24}\x80theora/, found: video('ogg') },
  { pattern: /^OggS/, found: audio('ogg') },
  { pattern: /^RIFF[^]{4}WAVE/, found: audio('wav') },
  { pattern: /^fLaC/, found: audio('flac') },
  { pattern: /^FORM[^]{4}AIF[CF]/, found: audio('aiff') },
  { pattern: /^MThd\0\0\0\x06/, found: audio('midi') },
  { pattern: /^#!AMR/, found: audio('amr') },
  { pattern: /^ID3[\x02-\x04]/, found: audio('mpeg') },
  { pattern: /^\xff[\xf0\xf1\xf8\xf9]/, found: audio('aac') },
  // Layer III alone: the others begin like text in UTF-16.
  { pattern: /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb][^\xf0-\xff]/, found: audio('mpeg') },
  { pattern: /^(?=[^]*<svg[\s>])(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)/, found: image('svg+xml') },
]

const HEAD_BYTES = 2_048
const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/
const UNKNOWN = 'application/octet-stream'

/** What the content is by its first bytes; undefined for what is no picture, video or sound. */
export function sniff(head: Buffer): Signature | undefined {
  const text = head.toString('latin1', 0, HEAD_BYTES)
  return SIGNATURES.find(({ pattern }) => pattern.test(text))?.found
}

/** `Image/PNG; x=y` → `image/png`; what is no content type says nothing. */
export function plainMime(declared: string): string {
  const mime = declared.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return MIME.test(mime) ? mime : UNKNOWN
}

/**
 * The content type a file is kept under: what its bytes say, else what the sender said. Nothing is called a picture,
 * a video or sound only because somebody says so.
 */
export function mimeOf(signature: Signature | undefined, declared: string): string {
  const said = plainMime(declared)
  const family = said.split('/', 1)[0]
  if (signature === undefined) return family === 'image' || family === 'video' || family === 'audio' ? UNKNOWN : said
  return family === 'audio' && signature.kinds.includes('audio')
    ? signature.mime.replace(/^video/, 'audio')
    : signature.mime
}

/** Why the file is not of the kind that was asked for; undefined where it is. */
export function misfit(kind: MediaKind, signature: Signature | undefined, declared: string): string | undefined {
  const said = plainMime(declared)
  if (said !== UNKNOWN && !said.startsWith(`${kind}/`)) return `it is sent as ${said}`
  if (signature === undefined) return `its content is no ${kind} that is known here`
  return signature.kinds.includes(kind) ? undefined : `its content is ${signature.mime}`
}
