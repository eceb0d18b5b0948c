import { Badge, type Tone } from '#console/ui/badge.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { statusReason, statusWord, type StatusOf, type StatusWord } from './token-status-words.ts'

const TONES: Record<StatusWord, Tone> = {
  Active: 'success',
  Rotating: 'info',
  Disabled: 'neutral',
  Blocked: 'danger',
  Expired: 'danger',
  Revoked: 'neutral',
}

export interface TokenStatusBadgeProps {
  token: StatusOf
  /** Within a link, whose name the reason on hover would become a part of: it is left to the browser. */
  isPlain?: boolean | undefined
}

/** Whether a token is let in, in one word; why not, on hover. */
export function TokenStatusBadge({ token, isPlain = false }: TokenStatusBadgeProps) {
  const word = statusWord(token)
  const reason = statusReason(token)
  const badge = <Badge tone={TONES[word]}>{word}</Badge>
  if (isPlain) return <span title={reason}>{badge}</span>
  return reason === undefined ? badge : <Tooltip content={reason}>{badge}</Tooltip>
}
