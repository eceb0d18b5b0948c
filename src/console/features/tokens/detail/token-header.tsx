import { useParams } from 'react-router'

import { Button } from '#console/ui/button.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import type { TokenAct } from '../token-act.ts'
import { TokenMenu } from '../token-menu.tsx'
import { canRotate, fingerprint, isSecretKnown, statusReason } from '../token-status-words.ts'
import { TokenStatusBadge } from '../token-status.tsx'
import type { WholeToken } from './whole-token.ts'

/** The same for all states: it takes the focus when the page opens, and must not be replaced by another under it. */
export function TokenHeader({ token, act }: { token: WholeToken | undefined; act: TokenAct }) {
  const { tokenId } = useParams()
  const known = token && {
    title: token.name,
    badge: <TokenStatusBadge token={token} />,
    description: (
      <>
        <code className="text-sm">{fingerprint(token)}</code>, made <RelativeTime at={token.createdAt} />
        {token.createdBy !== null && ` by ${token.createdBy.name}`}. {!isSecretKnown(token) && statusReason(token)}{' '}
        {token.blockedBy === 'policy' && <TextLink to="/tokens/policy">See the token policy</TextLink>}
      </>
    ),
    actions: (
      <>
        <TokenMenu token={token} act={act} />
        {canRotate(token) && (
          <Button variant="primary" onClick={() => act.rotate(token)}>
            Rotate
          </Button>
        )}
      </>
    ),
  }
  return <PageHeader {...(known ?? { title: `Token ${tokenId ?? ''}` })} />
}
