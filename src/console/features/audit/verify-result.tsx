import type { AuditBreak, AuditVerification } from '#api/contract/audit-console.ts'
import { formatUtc } from '#console/lib/format-time.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { Callout } from '#console/ui/callout.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

const BREAK_WORDS: Record<AuditBreak['reason'], (place: string) => string> = {
  changed: (place) => `Record ${place} was changed`,
  missing: (place) => `Record ${place} is missing`,
  order: (place) => `Record ${place} is out of order`,
  cut_off: (place) => `The chain was cut off: record ${place} is gone`,
  rewritten: (place) => `The chain was written anew: at ${place} stands another record`,
}

interface VerifyResultProps {
  result: AuditVerification
  /** The link to the broken record was followed. */
  onOpenRecord: () => void
}

/** What a verification found; the first broken record is named. */
export function VerifyResult({
  result: { ok, records, from, to, head, firstBroken },
  onOpenRecord,
}: VerifyResultProps) {
  const span = from !== null && to !== null && `, ${formatUtc(new Date(from))} to ${formatUtc(new Date(to))}`
  return (
    <>
      {ok || firstBroken === null ? (
        <Callout tone="success" title="The chain is whole">
          {formatCount(records, 'record')} read{span}.
        </Callout>
      ) : (
        <Callout tone="danger" title={BREAK_WORDS[firstBroken.reason](formatNumber(firstBroken.sequence))}>
          <p>{firstBroken.why}</p>
          <p>
            {head.sequence === 0
              ? 'No record before it holds.'
              : `Records up to ${formatNumber(head.sequence)} hold; nothing is known of what comes after the break.`}
            {firstBroken.id !== null && (
              <>
                {' '}
                <TextLink to={`/audit?record=${firstBroken.sequence}`} onClick={onOpenRecord}>
                  Open record {formatNumber(firstBroken.sequence)}
                </TextLink>
              </>
            )}
          </p>
        </Callout>
      )}
    </>
  )
}
