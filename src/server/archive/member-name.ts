import { createHash } from 'node:crypto'

import { badArchive } from './archive-error.ts'

/** Segments of letters, digits and `_ - .`, none of them dots alone. */
const SAFE = /^(?!\.)[A-Za-z0-9_.-]+(?:\/(?!\.)[A-Za-z0-9_.-]+)*$/
const NAME_MAX = 250

/** Throws unless the name is a plain relative path that means the same on every file system. */
export function requireSafeName(name: string): void {
  if (SAFE.test(name) && name.length <= NAME_MAX) return
  const shown = JSON.stringify(name.slice(0, 80))
  throw badArchive(
    'unsafe_name',
    `The archive holds a file with the name ${shown}, which is not a plain relative path.`,
  )
}

const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}$/
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
const READABLE_MAX = 40

/** Gives file names for names of any kind: the name itself where it is plain, else its letters and a hash. */
export class FileNames {
  readonly #taken = new Set<string>()

  nameFor(name: string): string {
    const hash = createHash('sha256').update(name).digest('hex')
    const readable = name.replaceAll(/[^A-Za-z0-9_]+/g, '-').slice(0, READABLE_MAX)
    const candidates = [8, 16, 64].map((length) => `${readable.replace(/^-/, 'x-')}-${hash.slice(0, length)}`)
    if (PLAIN.test(name) && !RESERVED.test(name)) candidates.unshift(name)
    const free = candidates.find((candidate) => !this.#taken.has(candidate.toLowerCase()))
    if (free === undefined) throw new Error('Two tables have the same name')
    this.#taken.add(free.toLowerCase())
    return free
  }
}
