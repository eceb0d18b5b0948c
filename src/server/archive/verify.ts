import { badArchive } from './archive-error.ts'
import { CsvCounter } from './csv.ts'
import { type ArchiveSource, openArchive } from './envelope.ts'
import { DEFINITION_MAX_BYTES, DEFINITIONS_MAX_BYTES, MANIFEST_MAX_BYTES, MANIFEST_NAME } from './format.ts'
import { type Manifest, type ManifestTable, parseManifest } from './manifest.ts'
import { MemberHasher } from './member-hasher.ts'
import { type ReadContents, readContents } from './read-contents.ts'
import { readTar, readWhole, type TarMember } from './tar.ts'

/** An archive whose every byte was read and found to be what its manifest says. */
export interface VerifiedArchive {
  manifest: Manifest
  encrypted: boolean
  contents: ReadContents
}

/** What a member was found to be. */
interface Found {
  size: number
  sha256: Promise<string>
  /** CSV records, the header among them; null for other files. */
  records: number | null
}

interface Findings {
  hasher: MemberHasher
  members: Map<string, Found>
  /** Definition documents by member name. */
  texts: Map<string, string>
  textBytes: number
}

export interface VerifyProgress {
  /** Rows read so far. */
  rows: number
}

/**
 * Reads the whole archive and believes nothing: hashes, sizes, row counts, names and definitions are compared with the
 * manifest, and the manifest with itself. Throws `wrong_password`, `bad_archive` or `archive_too_new`.
 */
export async function verifyArchive(
  source: ArchiveSource,
  password: string,
  onProgress?: (progress: VerifyProgress) => void,
): Promise<VerifiedArchive> {
  const { encrypted, tar } = await openArchive(source, password)
  const findings: Findings = { hasher: new MemberHasher(), members: new Map(), texts: new Map(), textBytes: 0 }
  let manifest: Manifest | undefined
  let rows = 0
  for await (const member of readTar(tar)) {
    if (manifest !== undefined) throw badArchive('unlisted_member', `The archive holds "${member.name}" after its end.`)
    if (member.name === MANIFEST_NAME) {
      manifest = parseManifest(await readWhole(member, MANIFEST_MAX_BYTES))
      continue
    }
    const found = await readMember(member, findings)
    findings.members.set(member.name, found)
    rows += Math.max(0, (found.records ?? 0) - 1)
    onProgress?.({ rows })
  }
  if (manifest === undefined) {
    throw badArchive(
      'missing_member',
      `The archive has no table of contents (${MANIFEST_NAME}): it was not written to its end.`,
    )
  }
  await compareMembers(manifest, findings)
  compareRows(manifest, findings)
  compareFiles(manifest, findings)
  return { manifest, encrypted, contents: readContents(manifest, findings.texts) }
}

async function readMember(member: TarMember, findings: Findings): Promise<Found> {
  const { name, size } = member
  const isDefinition = name.startsWith('definition/')
  if (isDefinition) requireRoom(member, findings)
  const texts: Buffer[] = []
  const counter = name.startsWith('rows/') ? new CsvCounter() : null
  const { sha256 } = await findings.hasher.read(member, (chunk) => {
    if (isDefinition) texts.push(chunk)
    counter?.push(chunk)
  })
  if (isDefinition) findings.texts.set(name, Buffer.concat(texts).toString('utf8'))
  if (counter?.isComplete === false) throw badArchive('bad_rows', `"${name}" ends in the middle of a row.`)
  return { size, sha256, records: counter?.records ?? null }
}

/** Definitions are held in memory, up to a bound. */
function requireRoom({ name, size }: TarMember, findings: Findings): void {
  findings.textBytes += size
  if (size > DEFINITION_MAX_BYTES) {
    throw badArchive('too_large_member', `"${name}" is larger than it may be (${DEFINITION_MAX_BYTES} bytes).`)
  }
  if (findings.textBytes > DEFINITIONS_MAX_BYTES) {
    throw badArchive('too_large_member', 'The definitions in the archive are larger than any workspace has.')
  }
}

/** Every listed member is there and as listed; nothing is there that is not listed. */
async function compareMembers(manifest: Manifest, { members }: Findings): Promise<void> {
  const listed = new Set<string>()
  for (const { name, size, sha256 } of manifest.members) {
    if (listed.has(name))
      throw badArchive('bad_manifest', `The table of contents of the archive lists "${name}" twice.`)
    listed.add(name)
    const found = members.get(name)
    if (found === undefined)
      throw badArchive('missing_member', `The archive lacks "${name}", which its table of contents lists.`)
    if (found.size !== size || (await found.sha256) !== sha256) {
      throw badArchive('corrupted', `The archive is damaged: "${name}" is not what was written.`)
    }
  }
  for (const name of members.keys()) {
    if (!listed.has(name))
      throw badArchive('unlisted_member', `The archive holds "${name}", which its table of contents does not list.`)
  }
}

/** Row counts are right, and each member of rows belongs to one table. */
function compareRows(manifest: Manifest, { members }: Findings): void {
  const used = new Set<string>()
  let total = 0
  for (const table of manifest.tables) {
    requireDataSources(manifest, table)
    for (const { dataSource, count, members: parts } of table.rows) {
      const rows = parts.map((name) => rowsOf(name, members, used)).reduce((sum, one) => sum + one, 0)
      if (rows !== count) {
        throw badArchive(
          'wrong_row_count',
          `The archive holds ${rows} rows of "${table.name}" (${dataSource}) and should hold ${count}.`,
        )
      }
      total += rows
    }
  }
  if (total !== manifest.counts.rows) {
    throw badArchive('wrong_row_count', `The archive holds ${total} rows and should hold ${manifest.counts.rows}.`)
  }
  const spare = [...members].find(([name, found]) => found.records !== null && !used.has(name))
  if (spare !== undefined) throw badArchive('bad_manifest', `The rows in "${spare[0]}" belong to no table.`)
}

/** Each of the archive's data sources at most once, and no other. */
function requireDataSources(manifest: Manifest, table: ManifestTable): void {
  const labels = table.rows.map(({ dataSource }) => dataSource)
  const isKnown = labels.every((label) => manifest.dataSources.some((source) => source.label === label))
  if (isKnown && new Set(labels).size === labels.length) return
  throw badArchive(
    'bad_manifest',
    `The table of contents of the archive names a wrong data source for "${table.name}".`,
  )
}

function rowsOf(name: string, members: ReadonlyMap<string, Found>, used: Set<string>): number {
  const records = members.get(name)?.records ?? 0
  if (records < 1)
    throw badArchive('missing_member', `The archive has no rows in "${name}", which its table of contents lists.`)
  if (used.has(name)) throw badArchive('bad_manifest', `The rows in "${name}" belong to two tables.`)
  used.add(name)
  return records - 1
}

/** Each stored file has bytes of its own, and there are no others. */
function compareFiles({ files, includesFiles }: Manifest, { members }: Findings): void {
  const used = new Set<string>()
  const paths = new Set<string>()
  for (const { name, member, path } of files) {
    if (!members.has(member)) {
      throw badArchive('missing_member', `The archive lacks the bytes of the stored file "${name}".`)
    }
    if (used.has(member) || paths.has(path)) {
      throw badArchive('bad_manifest', `The table of contents of the archive lists the stored file "${name}" twice.`)
    }
    used.add(member)
    paths.add(path)
  }
  const spare = [...members.keys()].find((name) => name.startsWith('files/') && !used.has(name))
  if (spare !== undefined || (files.length > 0 && !includesFiles)) {
    throw badArchive('bad_manifest', `The bytes in "${spare ?? 'files/'}" belong to no stored file.`)
  }
}
