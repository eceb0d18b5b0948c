import { useNow } from '#console/lib/use-now.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

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

function Reach({ token }: { token: WholeToken }) {
  const names = useReachNames(token.workspaces)
  if (token.workspaces === 'all' || names === 'all') return 'all'
  return (
    <ul>
      {token.workspaces.map((id, index) => (
        <li key={id}>
          <TextLink to={`/w/${id}`}>{names[index]}</TextLink>
        </li>
      ))}
    </ul>
  )
}
