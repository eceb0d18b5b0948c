import { useQuery } from '@tanstack/react-query'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { refusalOf, refusalWords, type Where } from '#console/data/may.ts'
import { session } from '#console/data/session.ts'
import { ErrorState } from '#console/ui/error-state.tsx'

export interface NeedsProps {
  endpoint: Endpoint
  where?: Where | undefined
}

function useRefusalWords({ endpoint, where }: NeedsProps) {
  const me = useQuery(session.current()).data?.signedIn ?? null
  const refusal = me === null ? undefined : refusalOf(me, endpoint, where)
  return refusal && refusalWords(refusal)
}

/** Stands where a part of the console would be that is not for this person: what is missing, and who can give it. */
export function NoAccess({ endpoint, where, className }: NeedsProps & { className?: string }) {
  const words = useRefusalWords({ endpoint, where })
  return words && <ErrorState title={words.cause} advice={words.advice} isFinal className={className} />
}

/** The same as a sentence, for where a button would be: nothing for whoever may. */
export function NeedsNote({ endpoint, where }: NeedsProps) {
  const words = useRefusalWords({ endpoint, where })
  return (
    words && (
      <span className="text-sm text-muted">
        {words.cause} {words.advice}
      </span>
    )
  )
}
