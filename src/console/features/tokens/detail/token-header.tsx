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

export interface TokenHeaderProps {
  token: WholeToken | undefined
  /** The token is on its way; else, without one, it could not be read. */
  isPending: boolean
  act: TokenAct
}

/** The same for all states: it takes the focus when the page opens, and must not be replaced by another under it. */
export function TokenHeader({ token, isPending, act }: TokenHeaderProps) {
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
  const number = `Token ${tokenId ?? ''}`
  const unknown = { title: isPending ? <NameSkeleton words={number} /> : number, windowTitle: number }
  return <PageHeader {...(known ?? unknown)} />
}

/** The place of a name on its way; what is read out is the number. */
function NameSkeleton({ words }: { words: string }) {
  return (
    <>
      <span className="sr-only">{words}</span>
      <span aria-hidden className="inline-block h-5 w-56 max-w-full rounded-sm bg-muted align-middle" />
    </>
  )
}
