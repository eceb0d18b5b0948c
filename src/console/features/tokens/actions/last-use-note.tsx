import { RelativeTime } from '#console/ui/relative-time.tsx'

import type { Revocable } from '../token-act.ts'

/** When and from where a token was used last, as a sentence. */
export function LastUseNote({ token }: { token: Pick<Revocable, 'lastUsedAt' | 'lastUsedFrom'> }) {
  if (token.lastUsedAt === null) return <p>It was never used.</p>
  return (
    <p>
      Last used <RelativeTime at={token.lastUsedAt} />
      {token.lastUsedFrom && ` from ${token.lastUsedFrom}`}.
    </p>
  )
}
