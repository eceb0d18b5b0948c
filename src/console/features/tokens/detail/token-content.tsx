import type { ReactNode } from 'react'

import type { Scopes } from '#api/contract/scopes.ts'

import { DependantsPanel } from './dependants-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { ScopesPanel } from './scopes-panel.tsx'
import { UnusedPanel } from './unused-panel.tsx'
import { UsagePanel } from './usage-panel.tsx'
import type { WholeToken } from './whole-token.ts'

export interface TokenContentProps {
  token: WholeToken
  onShrink: (scopes: Scopes) => void
  /** The panel that tries it. */
  probe: ReactNode
}

/** What a token may do, what it does, and what hangs on it. */
export function TokenContent({ token, onShrink, probe }: TokenContentProps) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_1fr]">
      {/* On a narrow screen the long chart comes after what tells which token it is. */}
      <div className="flex min-w-0 flex-col gap-4 xl:col-start-2">
        <FactsPanel token={token} />
        <DependantsPanel dependants={token.dependants} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:col-start-1 xl:row-span-2 xl:row-start-1">
        <UsagePanel usage={token.usage} />
        <UnusedPanel token={token} onShrink={onShrink} />
        {probe}
      </div>
      <div className="min-w-0 xl:col-start-2">
        <ScopesPanel token={token} />
      </div>
    </div>
  )
}
