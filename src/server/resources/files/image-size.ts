/** Width and height in pixels. */
export interface ImageSize {
  width: number
  height: number
}

/** The size an image's header tells, from the first bytes of the file; undefined where they do not tell it. */
export function imageSize(mime: string, head: Buffer): ImageSize | undefined {
  const size = READERS[mime]?.(head)
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined
}

const READERS: Partial<Record<string, (head: Buffer) => ImageSize | undefined>> = {
  'image/png': (head) =>
    head.length < 24 ? undefined : { width: head.readUInt32BE(16), height: head.readUInt32BE(20) },
  'image/gif': (head) => (head.length < 10 ? undefined : { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
}

/** Segments `FF <marker> <length>` up to the frame header, which holds height and width (ITU-T T.81, B.2.2). */
function jpegSize(head: Buffer): ImageSize | undefined {
  let at = 2
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) }
    at += 2 + head.readUInt16BE(at + 2)
  }
  return undefined
}

/** The three forms of a WebP: lossy, lossless, extended (RFC 9649, section 2). */
function webpSize(head: Buffer): ImageSize | undefined {
  if (head.length < 30) return undefined
  const form = head.toString('latin1', 12, 16)
  if (form === 'VP8 ') return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (form === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (form !== 'VP8L') return undefined
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
