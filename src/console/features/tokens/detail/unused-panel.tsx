import type { Scopes } from '#api/contract/scopes.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { canRotate } from '../token-status-words.ts'
import { grantLines } from './grant-lines.ts'
import { adviceWords, isYoung, unusedTitle } from './unused-words.ts'
import type { WholeToken } from './whole-token.ts'

export interface UnusedPanelProps {
  token: WholeToken
  onShrink: (scopes: Scopes) => void
}

/** What it may and does not do, and the way to a token without that. */
export function UnusedPanel({ token, onShrink }: UnusedPanelProps) {
  const { unusedScopes, usedScopes, smallerScopes, days, since } = token.usage
  const isSmaller = unusedScopes.length > 0 && usedScopes.length > 0
  return (
    <Panel
      title={unusedTitle(token)}
      description={
        <>
          Used: {formatCount(usedScopes.length, 'scope')} of {usedScopes.length + unusedScopes.length}. Counting began{' '}
          <RelativeTime at={since} />
        </>
      }
      actions={
        isSmaller &&
        canRotate(token) && (
          <Button size="sm" onClick={() => onShrink(smallerScopes)}>
            Make the smaller token
          </Button>
        )
      }
    >
      {unusedScopes.length === 0 ? (
        <p className="text-sm text-muted">Everything that it may do was asked for in this time.</p>
      ) : (
        <div className="flex flex-col gap-3 text-sm">
          <p className="text-muted">{adviceWords(token)}</p>
          {isYoung(token) && (
            <p className="text-warning">
              Calls have not been counted for all of {days} days yet: what runs seldom may not have been seen.
            </p>
          )}
          <DescriptionList items={grantLines(unusedScopes)} />
        </div>
      )}
    </Panel>
  )
}
