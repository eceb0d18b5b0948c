import { SCOPE_LETTERS, SCOPES, type Scopes } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { matrixWords, summarizeGrant } from './grant-words.ts'
import { isGranted } from './scope-matrix.ts'

export interface ScopeMiniMatrixProps {
  scopes: Scopes
  workspaceNames: 'all' | readonly string[]
  /** Whose scopes they are, in words. */
  subject?: string
}

/** Eleven scopes wide, four letters high: one glance tells a reader from what can destroy. */
export function ScopeMiniMatrix({ scopes, workspaceNames, subject }: ScopeMiniMatrixProps) {
  const { can, cannot } = summarizeGrant(scopes, workspaceNames, subject)
  return (
    <Tooltip content={`${can} ${cannot}`}>
      <span className="inline-grid grid-flow-col grid-rows-4 gap-0.5 align-middle">
        <span className="sr-only">{matrixWords(scopes)}</span>
        {SCOPES.map(({ name, letters }) =>
          SCOPE_LETTERS.map((letter) => (
            <span
              key={`${name}:${letter}`}
              className={cx(
                'size-1 rounded-full',
                letters.includes(letter) && !isGranted(scopes, name, letter) && 'bg-line',
                isGranted(scopes, name, letter) && (letter === 'd' ? 'bg-danger' : 'bg-accent'),
              )}
            />
          )),
        )}
      </span>
    </Tooltip>
  )
}
