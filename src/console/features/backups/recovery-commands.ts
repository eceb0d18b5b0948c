import type { Backup } from '#api/contract/backups.ts'

/** What to type to open an archive without Metadeck. */
export interface RecoveryStep {
  what: string
  command: string
}

/** Name of the file as a download gives it; of a server that does not tell it, one to put in its place. */
export const downloadName = ({ fileName }: Pick<Backup, 'fileName'>): string => fileName ?? 'archive.xano'

type RecoveryFacts = Pick<Backup, 'fileName' | 'encrypted' | 'sha256' | 'definitionOnly' | 'summary'>

/** The way from the file to the rows, with well-known programs alone. */
export function recoverySteps(backup: RecoveryFacts): RecoveryStep[] {
  const file = downloadName(backup)
  const packed = backup.encrypted ? 'archive.tar.zst' : file
  const steps: RecoveryStep[] = []
  if (backup.sha256 !== null) {
    steps.push({
      what: 'Check that the file is the one that was written',
      command: `echo "${backup.sha256}  ${file}" | sha256sum --check`,
    })
  }
  if (backup.encrypted) {
    steps.push({ what: 'Decrypt it; age asks for the password', command: `age --decrypt --output ${packed} ${file}` })
  }
  steps.push(
    {
      what: 'Unpack it',
      command: `mkdir archive && zstd --decompress --stdout ${packed} | tar --extract --directory archive`,
    },
    { what: 'See what is in it', command: 'less archive/manifest.json\nfind archive -type f' },
  )
  return backup.definitionOnly ? steps : [...steps, ...loadSteps(backup)]
}

/** Names that the files have as they are, and that need no quotes. */
const PLAIN = /^[a-z][a-z0-9_]*$/

/** Loads one table as text, so that nothing of Metadeck's types is needed; its type can be changed once it is there. */
function loadSteps({ summary }: Pick<Backup, 'summary'>): RecoveryStep[] {
  const known = summary?.tables.find(
    ({ name, dataSource, rows }) => rows > 0 && PLAIN.test(name) && PLAIN.test(dataSource),
  )
  const table = known?.name ?? 'orders'
  const path = `archive/rows/${known?.dataSource ?? 'live'}/${table}`
  return [
    {
      what: `Make a table for its rows in any PostgreSQL, here for ${table}`,
      command: String.raw`first=$(ls -d ${path}.csv ${path}/0001.csv 2>/dev/null)
psql -c "create table ${table} ($(head -n 1 "$first" | sed 's/[^,]*/"&" text/g'))"`,
    },
    {
      what: 'Load them, also where a large table is in numbered parts',
      command: String.raw`for part in $(ls ${path}.csv ${path}/*.csv 2>/dev/null); do
  psql -c "\copy ${table} from '$part' with (format csv, header)"
done`,
    },
  ]
}
