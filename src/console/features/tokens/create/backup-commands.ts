import { apiBase, originOf } from './token-snippets.ts'

/** Where the commands look for the address and the secret: a file that only its owner reads. */
export const ENV_FILE = '/etc/metadeck-backup.env'

export interface BackupTarget {
  id: number
  name: string
}

/** A file name that every system takes: `Shop of Zürich` → `shop-of-z-rich`. */
export function fileStem(name: string): string {
  const stem = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '')
  return stem === '' ? 'workspace' : stem
}

/** What goes into `ENV_FILE`. */
export function envFile(publicUrl: string, token: string): string {
  return `METADECK_URL=${originOf(publicUrl)}\nMETADECK_TOKEN=${token}\n`
}

/**
 * The secret comes by standard input, because other users see the arguments of a process; the archive is for its owner
 * only, because it holds everything.
 */
function exportTo(publicUrl: string, { id }: BackupTarget, file: string): string {
  const url = `${apiBase(publicUrl)}/workspace/${id}/export`
  return `echo "Authorization: Bearer $METADECK_TOKEN" | curl -fsS -H @- -X POST ${url} -o ${file}`
}

/** Export once, by hand. The brackets keep the secret out of the shell that it is typed into. */
export function exportByCurl(publicUrl: string, target: BackupTarget): string {
  return `(umask 077; . ${ENV_FILE}\n${exportTo(publicUrl, target, `${fileStem(target.name)}.xano`)})`
}

/**
 * A line of a crontab: every night at two. The file has its name only when it is whole; cron reads a bare % as the end of
 * the line.
 */
export function exportByCron(publicUrl: string, target: BackupTarget): string {
  const stem = fileStem(target.name)
  const send = exportTo(publicUrl, target, `${stem}.part`)
  return `0 2 * * * umask 077; . ${ENV_FILE} && cd /var/backups && ${send} && mv ${stem}.part ${stem}-$(date +\\%F).xano`
}

/** The same by the command line of Metadeck, which waits until the backup is stored, read back and verified. */
export function backupByCommand(target: BackupTarget): string {
  const output = `/var/backups/${fileStem(target.name)}.xano`
  return `(set -a; . ${ENV_FILE}\nnpm run -s metadeck -- backup --workspace ${target.id} --output ${output})`
}
