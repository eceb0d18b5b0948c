import { SCOPE_LETTERS, SCOPES, type Scopes } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { isGranted } from './scope-matrix.ts'
import { matrixWords, summarizeToken } from './token-summary.ts'

export interface ScopeMiniMatrixProps {
  scopes: Scopes
  workspaceNames: 'all' | readonly string[]
}

/** Eleven scopes wide, four letters high: one glance tells a reader from what can destroy. */
export function ScopeMiniMatrix({ scopes, workspaceNames }: ScopeMiniMatrixProps) {
  const { can, cannot } = summarizeToken(scopes, workspaceNames)
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
