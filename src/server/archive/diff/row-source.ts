import { createHash } from 'node:crypto'

import { badArchive, corrupted } from '../archive-error.ts'
import type { readTar, TarMember } from '../tar.ts'
import { fieldText, splitFields } from './csv-fields.ts'
import { LINE_FEED, QUOTE } from './record-stream.ts'

type Members = ReturnType<typeof readTar>

/** The rows of one table in one data source of an archive. */
interface ArchivedRows {
  /** Members that hold them, in this order. */
  members: readonly string[]
  /** Names of the columns, which each member's header must say. */
  columns: readonly string[]
}

/**
 * The records of a table, without headers, out of members that follow each other; `first` was read from the tar
 * already. Throws `bad_archive` where a member is not what was written, or not the one that follows.
 */
export async function* archivedRecords(
  members: Members,
  first: TarMember,
  rows: ArchivedRows,
  hashes: ReadonlyMap<string, string>,
): AsyncGenerator<Buffer> {
  let member = first
  for (const [at, name] of rows.members.entries()) {
    if (at > 0) {
      const next = await members.next()
      if (next.done === true) throw corrupted(`"${name}" is missing`)
      member = next.value
    }
    if (member.name !== name) throw corrupted(`"${member.name}" stands where "${name}" should be`)
    yield* withoutHeader(checked(member, hashes.get(name)), rows.columns, name)
  }
}

async function* checked(member: TarMember, sha256: string | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of member.bytes) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== sha256) throw corrupted(`"${member.name}" is not what was written`)
}

/** CSV without its first record, which must name these columns. `name` says whose it is. */
async function* withoutHeader(
  source: AsyncIterable<Buffer>,
  columns: readonly string[],
  name: string,
): AsyncGenerator<Buffer> {
  let header: Buffer | null = Buffer.alloc(0)
  for await (const chunk of source) {
    if (header === null) {
      yield chunk
      continue
    }
    header = Buffer.concat([header, chunk])
    const end = headerEnd(header)
    if (end === 0) continue
    const found = splitFields(header.subarray(0, end - 1)).map(fieldText)
    if (found.length !== columns.length || found.some((column, at) => column !== columns[at])) {
      throw badArchive('bad_rows', `The columns in "${name}" are not those of the definition.`)
    }
    if (end < header.length) yield header.subarray(end)
    header = null
  }
  if (header !== null) throw badArchive('bad_rows', `"${name}" has no header.`)
}

/** Index after the first record; 0 where it is not whole. */
function headerEnd(text: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === QUOTE) isQuoted = !isQuoted
    else if (text[at] === LINE_FEED && !isQuoted) return at + 1
  }
  return 0
}
