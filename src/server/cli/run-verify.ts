import { type Backup, verifyBackup } from '#api/contract/backups.ts'

import { summaryOf } from '../archive/manifest.ts'
import { verifyArchive } from '../archive/verify.ts'
import { AppError } from '../errors.ts'
import { EXIT, type ExitCode, wrongUsage } from './exit-code.ts'
import type { Outcome } from './outcome.ts'
import { readPassword } from './password.ts'
import { untilVerified } from './prove.ts'
import { type Arguments, readId } from './read-arguments.ts'
import { openArchiveFile } from './send-file.ts'
import type { Session } from './session.ts'
import { backupText } from './show-backup.ts'
import type { Surroundings } from './surroundings.ts'
import { bytesText, countText, durationText, factsText, momentText } from './text.ts'

/** `metadeck verify`: a stored backup, or a file without any server. */
export async function runVerify(
  { values, positionals }: Arguments<'verify'>,
  open: () => Promise<Session>,
  around: Surroundings,
): Promise<Outcome> {
  const [given, ...more] = positionals
  if (more.length > 0 || (given === undefined) === (values.file === undefined)) {
    throw wrongUsage('Give the id of a backup, or --file ARCHIVE.')
  }
  const id = values.file === undefined ? readId(given, 'the id of a backup') : 0
  const password = await readPassword(values['password-file'], around)
  if (values.file !== undefined) return verifyFile(values.file, password, around)
  const session = await open()
  // The operation waits a while for the end: then somebody must be there who does it.
  if (session.patienceMs === 0) await session.work()
  await session.call(verifyBackup, { params: { id }, body: { password } })
  const backup = await untilVerified(session, id, around)
  return { exit: exitOf(backup), json: backup, text: backupText(backup) }
}

/** Bytes that are those that were written prove only what was proven when they were. */
function exitOf({ verification, summary }: Backup): ExitCode {
  if (verification?.status === 'proven') return summary === null ? EXIT.notGood : EXIT.good
  return verification?.status === 'disproven' ? EXIT.notGood : EXIT.failed
}

async function verifyFile(file: string, password: string, { pathOf, progress }: Surroundings): Promise<Outcome> {
  const path = pathOf(file)
  const handle = await openArchiveFile(path, file)
  const { size } = await handle.stat()
  const begin = performance.now()
  const open = (): ReturnType<typeof handle.createReadStream> =>
    handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 262_144 })
  try {
    const { manifest, encrypted } = await verifyArchive({ open: () => Promise.resolve(open()) }, password, ({ rows }) =>
      progress(`verifying: ${countText(rows, 'row')}`),
    )
    const summary = summaryOf(manifest)
    const ms = Math.round(performance.now() - begin)
    return {
      exit: EXIT.good,
      json: { file: path, status: 'proven', bytes: size, ms, encrypted, summary, failure: null },
      text: factsText({
        file,
        status: 'proven',
        workspace: `${summary.workspace} (${summary.branch})`,
        made: momentText(summary.createdAt),
        size: bytesText(size),
        contents: `${countText(summary.tables.length, 'table')}, ${countText(summary.rows, 'row')}, ${countText(summary.files, 'file')}`,
        encrypted: encrypted ? 'yes' : 'no',
        took: durationText(ms),
      }),
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad_archive') throw error
    const failure = { code: error.code, message: error.message }
    return {
      exit: EXIT.notGood,
      json: { file: path, status: 'disproven', bytes: size, encrypted: null, summary: null, failure },
      text: factsText({ file, status: 'disproven', failure: error.message }),
    }
  } finally {
    progress('')
    await handle.close()
  }
}
