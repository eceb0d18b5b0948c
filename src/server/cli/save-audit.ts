import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

import { AuditEntry, exportAudit } from '#api/contract/audit-console.ts'

import { exportHead, type ExportFormat, exportLine } from '../resources/audit-log/export-text.ts'
import { CliError, describeFailure, EXIT } from './exit-code.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { countText } from './text.ts'

/** Records asked for at a time: without a network an answer is held in memory. */
const PIECE = 20_000

/**
 * Saves the audit log as a file, oldest record first; answers how many there are. The file appears under its name,
 * readable by this user only, once all of it is there. Throws what a call throws, and exit code 1 where the file cannot
 * be written.
 */
export async function saveAudit(
  session: Session,
  { file, format }: { file: string; format: ExportFormat },
  { progress, signal }: Pick<Surroundings, 'progress' | 'signal'>,
): Promise<number> {
  const part = `${file}.part`
  let records = 0
  async function* lines(): AsyncGenerator<string> {
    yield exportHead(format)
    for await (const entry of readAll(session, signal)) {
      records += 1
      if (records % 1_000 === 0) progress(`exporting: ${countText(records, 'record')}`)
      yield exportLine(format, entry)
    }
  }
  try {
    // What lies there may be a link, or a file that others read: it is never written to.
    await rm(part, { force: true })
    await pipeline(lines, createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }), { signal })
    await rename(part, file)
    return records
  } catch (error) {
    await rm(part, { force: true })
    const { code } = error as NodeJS.ErrnoException
    const isOfFile = typeof code === 'string' && /^E[A-Z]+$/.test(code)
    if (!isOfFile) throw error
    const { message } = describeFailure(error)
    throw new CliError(EXIT.failed, 'not_saved', `${file} could not be written: ${message}. Nothing was saved.`, {
      cause: error,
    })
  } finally {
    progress('')
  }
}

/** Piece by piece, up to what there is when the last one is asked for. */
async function* readAll({ call }: Session, signal: AbortSignal): AsyncGenerator<AuditEntry> {
  let after = 0
  for (;;) {
    const response = (await call(exportAudit, { query: { after, limit: PIECE }, signal })) as Response
    let count = 0
    for await (const line of linesOf(response)) {
      const entry = AuditEntry.parse(JSON.parse(line))
      yield entry
      after = entry.sequence
      count += 1
    }
    if (count < PIECE) return
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) throw new CliError(EXIT.failed, 'bad_reply', 'The server answered an export without bytes.')
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') throw new CliError(EXIT.failed, 'bad_reply', 'The server broke off the export.')
}
