const COMMON = `
  --json                 the result as one JSON document on standard output
  --help                 this text`

const PASSWORD = `
  --password-file FILE   the password is the first line of FILE (or set METADECK_BACKUP_PASSWORD)`

/** What `--help` prints, by command; the empty name is the overview. */
export const HELP: Record<string, string> = {
  '': `Backups and the audit log of Metadeck from the command line, for cron and CI; and help for an owner who cannot sign in.

  metadeck backup  --workspace W     take a backup and wait until it is verified
  metadeck restore --backup ID ...   restore a backup, or an archive file
  metadeck verify  ID | --file F     read an archive back and prove it
  metadeck diff    ID --workspace W  what a restore into W would change
  metadeck list                      the backups, newest first
  metadeck audit verify              proves that the audit log is whole and unchanged
  metadeck audit export --output F   saves the audit log as a file
  metadeck recover-owner --email A   a link for an owner who lost every way to sign in
  metadeck COMMAND --help            the options of a command

Where it works: with METADECK_URL and METADECK_TOKEN on that server, over HTTP. Without, on the data of this machine
(DATA_DIR, or DATABASE_URL, as for the server), also while Metadeck runs on it; nothing has to listen.
Passwords are never arguments: the list of processes shows those.

Exit codes
  0  done, and good
  1  failed
  2  wrong usage or configuration
  3  it ran, and the result is not good: a backup with warnings or that looks wrong, an archive that is disproven, an
     audit log that is broken
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

Without any of these everything is restored; with one of them only what is named, and nothing else changes. Each may be
repeated, but for --rows.
  --table NAME           this table, with its rows
  --rows MODE            what becomes of the rows of these tables: replace (the table becomes what the backup holds),
                         missing (rows that are gone come back) or missing_and_changed (changed ones too)
  --group NAME           this API group, with its endpoints
  --function NAME        this function
  --construct KIND:NAME  this construct of another kind, as in task:nightly or middleware:audit
  --stored-file PATH     this stored file by its path, /vault/...; all for all of them
${PASSWORD}${COMMON}

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
  audit: `metadeck audit verify [--head NUMBER:HASH] [options]
metadeck audit export --output FILE [--format FORMAT] [options]

Verify reads the whole audit log and computes its chain of hashes anew: a record that was changed, removed, put in or
moved is found and named. It prints the head of the chain. Note that elsewhere, and give it the next time: only so can an
end that was cut off, or a log that was written anew, be told.

  --head NUMBER:HASH     a head that was printed before

Export saves the records that the caller may see, oldest first. FILE appears when it is whole, and is replaced if it is
there.

  --output FILE          where to
  --format FORMAT        ndjson: a JSON document a line (the default); csv: for spreadsheets${COMMON}

Exit codes: 0 the chain holds, or saved; 1 failed, 2 wrong usage, 3 the chain is broken, 4 refused.
`,
  'recover-owner': `metadeck recover-owner --email ADDRESS [options]

For an owner who lost password, authenticator app and passkeys. Prints a link, good for one use and 15 minutes, that asks
for a new password; a link that was printed before is worth nothing from then on. Ends the sessions of that account, and is
in the audit log. Works on the data of this machine only, also while Metadeck runs on it.

  --email ADDRESS        the e-mail address of the owner
  --reset-two-step       the link also takes away authenticator app, passkeys and recovery codes. Without it, the second
                         step is asked for after the new password${COMMON}

Whoever has the link can become this owner: open it yourself, or hand it over in a way that nobody else reads. Do not let it
get into a log.
Exit codes: 0 printed, 1 failed, 2 wrong usage, 4 there is no such owner, or the account is disabled.
`,
}
