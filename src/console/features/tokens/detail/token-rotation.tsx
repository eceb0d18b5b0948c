import type { TokenLink } from '#api/contract/tokens.ts'
import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'

import type { TokenAct } from '../token-act.ts'
import { isAlive } from '../token-status-words.ts'
import { RotatedToken } from './rotated-token.tsx'
import { rotationAdvice } from './rotation-words.ts'
import type { WholeToken } from './whole-token.ts'

export interface TokenRotationProps {
  token: WholeToken
  act: TokenAct
}

/** Both tokens of a rotation, on the page of either. */
export function TokenRotation({ token, act }: TokenRotationProps) {
  return (
    <>
      {token.rotatedTo && <Pair old={linkOf(token)} next={token.rotatedTo} here={token.id} act={act} />}
      {token.rotatedFrom && <Pair old={token.rotatedFrom} next={linkOf(token)} here={token.id} act={act} />}
    </>
  )
}

const linkOf = ({ id, name, prefix, lastFour, status, createdAt, expiresAt, lastUsedAt }: WholeToken): TokenLink => ({
  id,
  name,
  prefix,
  lastFour,
  status,
  createdAt,
  expiresAt,
  lastUsedAt,
})

interface PairProps {
  old: TokenLink
  next: TokenLink
  /** The one whose page this is. */
  here: number
  act: TokenAct
}

function Pair({ old, next, here, act }: PairProps) {
  return (
    <Panel
      title={here === old.id ? 'Rotated to a new token' : 'Takes the place of an old token'}
      description={rotationAdvice(old, next.createdAt)}
      actions={
        isAlive(old) && (
          <Button size="sm" onClick={() => act.revoke(old)}>
            Revoke the old one
          </Button>
        )
      }
      flush
    >
      <div className="grid max-sm:divide-y sm:grid-cols-2 sm:divide-x">
        <RotatedToken label="Old" token={old} next={next} isHere={here === old.id} />
        <RotatedToken label="New" token={next} next={null} isHere={here === next.id} />
      </div>
    </Panel>
  )
}
