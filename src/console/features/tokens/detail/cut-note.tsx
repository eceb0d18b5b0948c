import { useQuery } from '@tanstack/react-query'

import { session } from '#console/data/session.ts'
import { Callout } from '#console/ui/callout.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { cutAdvice, cutReason, cutScopes, cutTitle, isCut, reachLeft, scopeList } from '../cut-words.ts'
import type { WholeToken } from './whole-token.ts'

/** That a token can do less than it was granted: what is cut, why, and what to do about it. */
export function CutNote({ token }: { token: WholeToken }) {
  if (!isCut(token)) return null
  const cut = scopeList(cutScopes(token))
  const left = reachLeft(token)
  return (
    <Callout tone="warning" title={cutTitle(token)} action={<MakerLink maker={token.createdBy} />}>
      <div className="flex max-w-prose flex-col gap-1">
        {cut.length > 0 && <p>Cut: {cut.join('; ')}.</p>}
        {left !== undefined && <p>It works {left}.</p>}
        <p>{cutReason(token)}</p>
        <p>{cutAdvice(token)}</p>
      </div>
    </Callout>
  )
}

/** The way to what the account holds: for those who manage accounts, and for its own person. */
function MakerLink({ maker }: { maker: WholeToken['createdBy'] }) {
  const user = useQuery(session.current()).data?.signedIn?.user
  if (maker === null || user === undefined) return null
  if (user.role !== 'member') return <TextLink to={`/members?member=${maker.id}`}>Scopes of {maker.name}</TextLink>
  return user.id === maker.id ? <TextLink to="/account">What your account holds</TextLink> : null
}
