import { useQuery } from '@tanstack/react-query'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { session } from '#console/data/session.ts'
import { CodeBlock } from '#console/ui/code-block.tsx'

import { sessionCurl, type SentInput } from './session-curl.ts'

export interface SameCallProps extends SentInput {
  endpoint: Pick<Endpoint, 'method' | 'path'>
}

/** Under a form: the call it makes, for a script. */
export function SameCall({ endpoint, ...input }: SameCallProps) {
  const origin = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-xs text-muted">The same as a curl command</summary>
      <CodeBlock label="Same call" code={sessionCurl(origin, endpoint, input)} wrap className="mt-2" />
      <p className="mt-1 text-xs text-muted">
        It takes the session of somebody who may do this: no access token can, whatever its scopes.
      </p>
    </details>
  )
}
