import { useQuery } from '@tanstack/react-query'

import type { AuditEntry } from '#api/contract/audit-console.ts'
import { audit } from '#console/data/audit.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Sheet } from '#console/ui/sheet.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { recordTitle } from './audit-words.ts'
import { DifferenceList } from './difference-list.tsx'
import { ChainFacts, OtherFacts, RecordFacts } from './record-facts.tsx'

/** One record: who, what, before and after, from where, and its place in the chain. */
export function RecordSheet({ sequence, onClose }: { sequence: number; onClose: () => void }) {
  const record = useQuery(audit.record(sequence))
  const entry = record.data
  return (
    <Sheet
      open
      size="lg"
      onOpenChange={onClose}
      title={entry ? recordTitle(entry) : `Record ${sequence}`}
      description={`Record ${sequence} of the audit log`}
    >
      {record.isPending && <TextSkeleton lines={8} label="Loading the record" />}
      {record.isLoadingError && (
        <ErrorState
          {...describeFailure(record.error, 'Could not load the record')}
          onRetry={() => void record.refetch()}
          isRetrying={record.isFetching}
        />
      )}
      {entry === null && (
        <ErrorState
          title={`There is no record ${sequence} here`}
          cause="It does not exist, or it tells of something that you may not see."
        />
      )}
      {entry && <RecordBody entry={entry} />}
    </Sheet>
  )
}

function RecordBody({ entry }: { entry: AuditEntry }) {
  const isNoted = entry.before !== null || entry.after !== null
  return (
    <div className="flex flex-col gap-5">
      <RecordFacts entry={entry} />
      {isNoted && <DifferenceList before={entry.before} after={entry.after} />}
      <OtherFacts entry={entry} />
      <ChainFacts entry={entry} />
    </div>
  )
}
