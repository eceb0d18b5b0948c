const COMMON = `
  --json                 the result as one JSON document on standard output
  --help                 this text`

const PASSWORD = `
  --password-file FILE   the password is the first line of FILE (or set METADECK_BACKUP_PASSWORD)`

/** What `--help` prints, by command; the empty name is the overview. */
export const HELP: Record<string, string> = {
  '': `Backups of Metadeck from the command line, for cron and CI.

  metadeck backup  --workspace W     take a backup and wait until it is verified
  metadeck restore --backup ID ...   restore a backup, or an archive file
  metadeck verify  ID | --file F     read an archive back and prove it
  metadeck diff    ID --workspace W  what a restore into W would change
  metadeck list                      the backups, newest first
  metadeck COMMAND --help            the options of a command

Where it works: with METADECK_URL and METADECK_TOKEN on that server, over HTTP. Without, on the data of this machine
(DATA_DIR, or DATABASE_URL, as for the server), also while Metadeck runs on it; nothing has to listen.
Passwords are never arguments: the list of processes shows those.

Exit codes
  0  done, and good
  1  failed
  2  wrong usage or configuration
  3  it ran, and the result is not good: a backup with warnings or that looks wrong, an archive that is disproven
  4  not found, or refused
`,
  backup: `metadeck backup --workspace ID|NAME [options]

Takes a backup and waits until it is stored, read back and verified.

  --workspace ID|NAME    what to back up
  --branch LABEL         another branch than the live one
  --definition-only      no rows and no stored files
  --no-files             no stored files
  --target ID|NAME       where it is stored; the folder of the server if left out${PASSWORD}
  --output FILE          also saves the archive here; FILE appears when it is whole, and is replaced if it is there
  --no-wait              ends as soon as the backup is queued${COMMON}

Exit codes: 0 verified, 1 failed or cancelled, 2 wrong usage, 3 warnings or looks wrong, 4 not found or refused.
`,
  restore: `metadeck restore (--backup ID | --file ARCHIVE) (--into-new NAME | --into ID|NAME --confirm NAME) [options]

Restores and waits until it is done. What a workspace held before is kept as a safety backup.

  --backup ID            the backup to restore
  --file ARCHIVE         an archive file; it is uploaded and stays in the list of backups
  --into-new NAME        makes a workspace of this name
  --into ID|NAME         replaces the contents of this workspace ...
  --confirm NAME         ... whose name is repeated here, as confirmation
  --table NAME           only this table, with its rows; may be repeated${PASSWORD}${COMMON}

Exit codes: 0 restored, 1 failed or cancelled (nothing was changed), 2 wrong usage, 4 not found or refused.
`,
  verify: `metadeck verify (ID | --file ARCHIVE) [options]

Reads a stored backup back, or a local file without any server: decrypts, unpacks, compares every checksum and row count.

  --file ARCHIVE         an archive file on this machine${PASSWORD}${COMMON}

Without its password only the stored bytes of an encrypted backup are compared with what was written.
Exit codes: 0 proven, 1 could not be read, 2 wrong usage, 3 disproven or never proven, 4 not found or refused.
`,
  diff: `metadeck diff ID --workspace ID|NAME [options]

What a restore of the backup into the workspace would change, by table. Writes nothing.

  --workspace ID|NAME    what it is compared with
  --table NAME           only this table; may be repeated${PASSWORD}${COMMON}

Exit codes: 0 compared (whatever differs), 1 failed, 2 wrong usage, 4 not found or refused.
`,
  list: `metadeck list [options]

The backups, newest first.

  --workspace ID|NAME    only those of this workspace
  --limit N              at most N of them (50)${COMMON}

Exit codes: 0 listed, 1 failed, 2 wrong usage, 4 not found or refused.
`,
}
