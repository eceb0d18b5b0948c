import type { Scopes } from '#api/contract/scopes.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { canRotate } from '../token-status-words.ts'
import { grantLines } from './grant-lines.ts'
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
      title={`Granted but unused for ${days} days`}
      description={
        <>
          Used: {formatCount(usedScopes.length, 'scope')} of {usedScopes.length + unusedScopes.length}, counted since{' '}
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
          {isSmaller && isYoung(token) && (
            <p className="text-warning">
              Calls have not been counted for all of these {days} days: what runs seldom may not have been seen yet.
            </p>
          )}
          <DescriptionList items={grantLines(unusedScopes)} />
        </div>
      )}
    </Panel>
  )
}

function adviceWords(token: WholeToken): string {
  if (token.usage.usedScopes.length === 0) {
    return token.lastUsedAt === null
      ? 'It was never used: revoke it if nothing will.'
      : 'It asked for none of its scopes in this time: revoke it if nothing needs it.'
  }
  if (!canRotate(token)) return 'What takes its place can do with less.'
  return 'Rotate to a token without these: what it uses goes on, and a leak of it opens less.'
}

const DAY_MS = 86_400_000

/** True where counting began after the first day that is looked at. */
const isYoung = ({ usage: { byDay, since } }: WholeToken): boolean =>
  byDay[0] !== undefined && Date.parse(since) > Date.parse(byDay[0].day) + DAY_MS
