import type { Scopes } from '#api/contract/scopes.ts'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { summarizeGrant } from './grant-words.ts'
import { ScopeDots } from './scope-dots.tsx'

export interface ScopeMiniMatrixProps {
  scopes: Scopes
  workspaceNames: 'all' | readonly string[]
  /** Whose scopes they are, in words. */
  subject?: string
}

/** Eleven scopes wide, four letters high: one glance tells a reader from what can destroy; in words on hover. */
export function ScopeMiniMatrix({ scopes, workspaceNames, subject }: ScopeMiniMatrixProps) {
  const { can, cannot } = summarizeGrant(scopes, workspaceNames, subject)
  return (
    <Tooltip content={`${can} ${cannot}`}>
      <span className="inline-flex align-middle">
        <ScopeDots scopes={scopes} />
      </span>
    </Tooltip>
  )
}
