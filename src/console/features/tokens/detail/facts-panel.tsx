import { useNow } from '#console/lib/use-now.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { reachNow } from '../reach-words.ts'
import { TokenExpiry } from '../token-expiry-text.tsx'
import { useReachNames } from './use-reach-names.ts'
import type { WholeToken } from './whole-token.ts'

const TICK_MS = 60_000

/** When it ends, who it lets in, where it reaches. */
export function FactsPanel({ token }: { token: WholeToken }) {
  const now = useNow(TICK_MS)
  const { lastUsedAt, lastUsedFrom, neverReason, disabledAt, allowedIps, secretShownTo: reader } = token
  return (
    <Panel title="Facts">
      <DescriptionList
        items={[
          { label: 'Expires', value: <TokenExpiry token={token} now={now} /> },
          ...(neverReason === null ? [] : [{ label: 'Why never', value: neverReason }]),
          {
            label: 'Last used',
            value:
              lastUsedAt === null ? (
                'never'
              ) : (
                <>
                  <RelativeTime at={lastUsedAt} />
                  {lastUsedFrom !== null && ` from ${lastUsedFrom}`}
                </>
              ),
          },
          ...(disabledAt === null ? [] : [{ label: 'Disabled', value: <RelativeTime at={disabledAt} /> }]),
          ...(reader == null
            ? []
            : [{ label: 'Secret shown to', value: reader.name ?? 'an account that was removed' }]),
          { label: 'Workspaces', value: <Reach token={token} /> },
          { label: 'Addresses', value: allowedIps === null ? 'any' : <code>{allowedIps.join(', ')}</code> },
        ]}
      />
    </Panel>
  )
}

/** What it was granted, and of that what it does not reach now. */
function Reach({ token }: { token: WholeToken }) {
  const now = reachNow(token)
  const listed = token.workspaces === 'all' ? now : token.workspaces
  const names = useReachNames(listed)
  if (listed === 'all' || now === 'all' || names === 'all') return 'all'
  return (
    <>
      {token.workspaces === 'all' && (
        <p>Granted all; {now.length === 0 ? 'none is in reach now.' : 'in reach now are those of its maker:'}</p>
      )}
      <ul className="flex flex-col gap-1.5">
        {listed.map((id, index) => (
          <li key={id}>
            <TextLink to={`/w/${id}`}>{names[index]}</TextLink>
            {!now.includes(id) && (
              <span className="text-warning"> not in reach now, as its maker does not reach it</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
