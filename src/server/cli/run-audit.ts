import type { AuditVerification } from '#api/contract/audit-console.ts'
import { verifyAudit } from '#api/contract/audit-console.ts'

import { EXIT, wrongUsage } from './exit-code.ts'
import type { Outcome } from './outcome.ts'
import type { Arguments } from './read-arguments.ts'
import { refuseExtra } from './read-arguments.ts'
import { saveAudit } from './save-audit.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { countText, factsText, momentText } from './text.ts'

/** `metadeck audit verify` and `metadeck audit export`. */
export async function runAudit(
  { values, positionals }: Arguments<'audit'>,
  open: () => Promise<Session>,
  around: Surroundings,
): Promise<Outcome> {
  const [what, ...more] = positionals
  refuseExtra(more)
  const { head, output, format } = values
  if (what === 'verify') {
    if (output !== undefined || format !== undefined) throw wrongUsage('--output and --format go with audit export.')
    return verify(head, open)
  }
  if (what !== 'export') throw wrongUsage('Give what to do: metadeck audit verify, or metadeck audit export.')
  if (head !== undefined) throw wrongUsage('--head goes with audit verify.')
  if (output === undefined) throw wrongUsage('Give --output FILE.')
  if (format !== undefined && format !== 'ndjson' && format !== 'csv') throw wrongUsage('--format is ndjson or csv.')
  const file = around.pathOf(output)
  const records = await saveAudit(await open(), { file, format: format ?? 'ndjson' }, around)
  return {
    exit: EXIT.good,
    json: { file, records },
    text: factsText({ file: output, records: countText(records, 'record') }),
  }
}

async function verify(noted: string | undefined, open: () => Promise<Session>): Promise<Outcome> {
  const head = noted === undefined ? undefined : readHead(noted)
  const { call } = await open()
  const found = await call(verifyAudit, { body: head === undefined ? {} : { head } })
  return { exit: found.ok ? EXIT.good : EXIT.notGood, json: found, text: textOf(found) }
}

/** `1234:ab12…`, as `audit verify` prints it. */
function readHead(text: string): { sequence: number; hash: string } {
  const parts = /^(\d{1,15}):([\da-f]{64})$/i.exec(text.trim())
  if (parts === null)
    throw wrongUsage('--head is a number, a colon and 64 hexadecimal digits, as audit verify prints it.')
  return { sequence: Number(parts[1]), hash: parts[2] ?? '' }
}

function textOf({ ok, records, from, to, head, firstBroken }: AuditVerification): string {
  return factsText({
    status: ok ? 'the chain holds' : 'the chain is broken',
    records: countText(records, 'record'),
    from: momentText(from),
    to: momentText(to),
    head: `${head.sequence}:${head.hash}`,
    'first broken':
      firstBroken === null
        ? null
        : `${firstBroken.id === null ? '' : `record with id ${firstBroken.id}: `}${firstBroken.why}`,
  })
}
