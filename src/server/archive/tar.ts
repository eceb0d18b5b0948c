import { badArchive, corrupted, truncated } from './archive-error.ts'
import { ByteReader } from './byte-reader.ts'
import { MEMBER_MAX_BYTES, MEMBERS_MAX } from './format.ts'
import { requireSafeName } from './member-name.ts'

/**
 * The part of tar (POSIX ustar) that archives use: plain files with short ASCII names. Any tar program reads what is
 * written here. What is read may have been packed by such a program, which adds folders and times; links, devices and
 * headers that rename what follows are refused.
 */
const BLOCK = 512
const NAME_MAX = 100
const PREFIX_MAX = 155
const MAGIC = 'ustar\x0000'
const ZERO_BLOCK = Buffer.alloc(BLOCK)
const TYPE = { oldFile: 0x00, file: 0x30, folder: 0x35, extension: 0x78 }
/** Names of times, which a header in front of a file may hold (POSIX pax). */
const EXTENSION_TIMES = /^(?:\d+ [acm]time=[\d.]+\n)+$/

/** Two empty blocks end a tar. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

/** The header block of a file. */
export function tarHeader(name: string, size: number, at: Date): Buffer {
  const [prefix, rest] = splitName(name)
  const header = Buffer.alloc(BLOCK)
  header.write(rest, 0, 'latin1')
  // Mode, user and group; the zeros between fields are there already.
  header.write('0000644', 100, 'latin1')
  header.write('0000000', 108, 'latin1')
  header.write('0000000', 116, 'latin1')
  header.write(octal(size, 11), 124, 'latin1')
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136, 'latin1')
  header.write('0', 156, 'latin1')
  header.write(MAGIC, 257, 'latin1')
  header.write('0000000', 329, 'latin1')
  header.write('0000000', 337, 'latin1')
  header.write(prefix, 345, 'latin1')
  header.write(octal(checksum(header), 6), 148, 'latin1')
  header.write(' ', 155, 'latin1')
  return header
}

/** The zeros after a file of this size. */
export function tarPadding(size: number): Buffer {
  return ZERO_BLOCK.subarray(0, (BLOCK - (size % BLOCK)) % BLOCK)
}

function splitName(name: string): [prefix: string, rest: string] {
  if (name.length <= NAME_MAX) return ['', name]
  const at = name.indexOf('/', name.length - NAME_MAX - 1)
  if (at <= 0 || at > PREFIX_MAX) throw new Error(`The member name ${name} does not fit a tar header`)
  return [name.slice(0, at), name.slice(at + 1)]
}

function octal(value: number, digits: number): string {
  const text = value.toString(8).padStart(digits, '0')
  if (text.length > digits) throw new Error(`${value} does not fit a tar header`)
  return `${text}\0`
}

/** The sum of all bytes, the checksum field itself counted as blanks. */
function checksum(header: Buffer): number {
  let sum = 0
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (header[at] ?? 0)
  return sum
}

/** One file of a tar. `bytes` must be read to its end before the next member is asked for. */
export interface TarMember {
  name: string
  size: number
  bytes: AsyncGenerator<Buffer>
}

/** Reads the members of a tar. Throws `bad_archive` for anything but plain files with safe, different names. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarMember> {
  const reader = new ByteReader(source)
  const names = new Set<string>()
  for (;;) {
    const block = await reader.exactly(BLOCK)
    if (block.equals(ZERO_BLOCK)) break
    const header = parseHeader(block)
    if (header.type === 'file') {
      noteName(names, header.name)
      yield { name: header.name, size: header.size, bytes: reader.take(header.size) }
    } else {
      await skipExtra(reader, header)
    }
    const padding = await reader.exactly((BLOCK - (header.size % BLOCK)) % BLOCK)
    if (padding.some((byte) => byte !== 0))
      throw corrupted(`there is data after "${header.name}" that belongs to no file`)
  }
  await requireEnd(reader)
}

function noteName(names: Set<string>, name: string): void {
  requireSafeName(name)
  // Two names that differ in case only would be one file where a person unpacks the archive.
  const key = name.toLowerCase()
  if (names.has(key)) throw badArchive('duplicate_member', `The archive holds "${name}" twice.`)
  if (names.size >= MEMBERS_MAX) throw badArchive('bomb', 'The archive holds more files than any workspace has.')
  names.add(key)
}

/** A folder, which holds nothing, or the times of the file that follows. */
async function skipExtra(reader: ByteReader, header: Header): Promise<void> {
  if (header.size > BLOCK)
    throw badArchive('unsafe_member', `The archive holds a header for "${header.name}" that is too long.`)
  const text = (await reader.exactly(header.size)).toString('latin1')
  if (header.type === 'folder') {
    if (header.name !== '') requireSafeName(header.name)
    if (text === '') return
  } else if (EXTENSION_TIMES.test(text)) {
    return
  }
  throw badArchive('unsafe_member', `The archive holds a header for "${header.name}" that would change what follows.`)
}

async function requireEnd(reader: ByteReader): Promise<void> {
  if (!(await reader.exactly(BLOCK)).equals(ZERO_BLOCK)) throw corrupted('a file follows after its end')
  for await (const chunk of reader.rest()) {
    if (chunk.some((byte) => byte !== 0)) throw corrupted('data follows after its end')
  }
}

interface Header {
  name: string
  type: 'file' | 'folder' | 'times'
  size: number
}

function parseHeader(header: Buffer): Header {
  if (readOctal(header, 148, 8) !== checksum(header)) throw corrupted('the header of a file in it does not add up')
  if (header.toString('latin1', 257, 262) !== MAGIC.slice(0, 5)) {
    throw badArchive('unsafe_member', 'The archive holds a file header of a kind that archives do not have.')
  }
  // Old GNU tar keeps other things in the place of the prefix.
  const prefix = header[262] === 0 ? readText(header, 345, PREFIX_MAX) : ''
  const path = prefix === '' ? readText(header, 0, NAME_MAX) : `${prefix}/${readText(header, 0, NAME_MAX)}`
  const type = typeOf(header[156], path)
  const size = readOctal(header, 124, 12)
  if (size > MEMBER_MAX_BYTES)
    throw badArchive('too_large_member', `"${path}" is larger than a file in an archive may be.`)
  return { name: type === 'folder' ? path.replace(/^\.\/|\/$/g, '') : path.replace(/^\.\//, ''), type, size }
}

function typeOf(flag: number | undefined, path: string): Header['type'] {
  if (flag === TYPE.file || flag === TYPE.oldFile) return 'file'
  if (flag === TYPE.folder) return 'folder'
  if (flag === TYPE.extension) return 'times'
  throw badArchive(
    'unsafe_member',
    `The archive holds "${path}", which is a link, a device or another thing that is no plain file.`,
  )
}

function readText(header: Buffer, start: number, length: number): string {
  const end = header.indexOf(0, start)
  return header.toString('latin1', start, end === -1 || end > start + length ? start + length : end)
}

function readOctal(header: Buffer, start: number, length: number): number {
  const text = header.toString('latin1', start, start + length).replace(/[\0 ]+$/, '')
  if (!/^[0-7]+$/.test(text)) throw corrupted('the header of a file in it is not readable')
  return Number.parseInt(text, 8)
}

/** Reads a member whole; throws when it is larger than the bound. */
export async function readWhole(member: TarMember, maxBytes: number): Promise<Buffer> {
  if (member.size > maxBytes) {
    throw badArchive('too_large_member', `"${member.name}" is larger than it may be (${maxBytes} bytes).`)
  }
  const chunks: Buffer[] = []
  for await (const chunk of member.bytes) chunks.push(chunk)
  const whole = Buffer.concat(chunks)
  if (whole.length !== member.size) throw truncated()
  return whole
}
