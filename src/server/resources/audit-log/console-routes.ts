import { Readable } from 'node:stream'

import type { FastifyInstance, FastifyReply } from 'fastify'

import * as contract from '#api/contract/audit-console.ts'

import type { Caller } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { prepareDownload } from '../transfer/send-archive.ts'
import { createSlots } from '../transfer/slots.ts'
import { pageAudit, streamAudit } from './console-store.ts'
import { exportHead, type ExportFormat, exportLine } from './export-text.ts'
import { inReach } from './store.ts'
import { readHead, verifyChain } from './verify-chain.ts'

/** Verifications at a time in one process, and how long a further one waits. */
const VERIFY_MAX = 2
const VERIFY_WAIT_MS = 5_000
/** A piece of a file is sent when it is so long, in characters. */
const CHUNK = 65_536

const TYPES = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const

/** The audit log as the console shows it: list, export, and the proof that its chain holds. */
export function registerAuditConsole(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  const slots = createSlots(VERIFY_MAX, VERIFY_WAIT_MS, 'The audit log is being verified already. Try again soon.')

  serve(app, contract.listAudit, ({ caller, query }) => pageAudit(db, inReach(caller), query))

  serve(app, contract.exportAudit, async ({ caller, query, reply, trail }) => {
    const { format, ...filter } = query
    const { sequence: end } = await readHead(db)
    trail.target = { kind: 'audit_log' }
    trail.detail = { ...filter, format, end }
    const entries = streamAudit(db, inReach(caller), filter, end)
    return sendFile(reply, entries, format, `audit-${now().toISOString().slice(0, 10)}.${format}`)
  })

  serve(app, contract.getAuditHead, ({ caller }) => {
    requireWholeLog(caller)
    return readHead(db)
  })

  serve(app, contract.verifyAudit, async ({ caller, body, reply }) => {
    requireWholeLog(caller)
    const leave = await slots.take()
    try {
      return await verifyChain(db, body.head, () => !reply.raw.destroyed)
    } finally {
      leave()
    }
  })
}

/** The chain is one for the whole instance. Throws 403 for a caller who is limited to chosen workspaces. */
function requireWholeLog(caller: Caller): void {
  if (caller.workspaces === 'all') return
  throw new AppError(
    'access_denied',
    'Access Denied. The audit chain is one for all workspaces, and this caller is limited to some. Use a token that reaches all of them.',
    { payload: { reason: 'workspace' } },
  )
}

function sendFile(
  reply: FastifyReply,
  entries: AsyncGenerator<contract.AuditEntry>,
  format: ExportFormat,
  fileName: string,
): Readable {
  const stream = prepareDownload(reply, Readable.from(inPieces(entries, format), { objectMode: false }), fileName)
  void reply.type(TYPES[format])
  reply.raw.once('close', () => stream.destroy())
  return stream
}

async function* inPieces(entries: AsyncGenerator<contract.AuditEntry>, format: ExportFormat): AsyncGenerator<string> {
  let piece = exportHead(format)
  for await (const entry of entries) {
    piece += exportLine(format, entry)
    if (piece.length < CHUNK) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
