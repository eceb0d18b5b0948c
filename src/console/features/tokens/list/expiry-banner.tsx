import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { Consequence } from '../consequence.tsx'
import { shortName } from '../dependant-words.ts'
import { TokenExpiry } from '../token-expiry-text.tsx'
import { type Expiring, toWarnOf } from './expiring-words.ts'

export interface ExpiryBannerProps {
  items: readonly Expiring[]
  now: Date
  onRotate: (token: Token) => void
}

/** Tokens named one by one; the others are counted. */
const NAMED = 3

const TONES = { 1: 'danger', 7: 'warning', 14: 'info' } as const

/** Tokens that end within 14, 7 or 1 days, the next one first, with what breaks then. */
export function ExpiryBanner({ items, now, onRotate }: ExpiryBannerProps) {
  const warned = toWarnOf(items)
  const [first] = warned
  if (first === undefined) return null
  const rest = warned.length - NAMED
  return (
    <Callout
      tone={TONES[first.warning ?? 14]}
      title={
        warned.length === 1 ? 'A token that is in use ends soon' : `${warned.length} tokens that are in use end soon`
      }
    >
      <ul className="flex flex-col gap-1">
        {warned.slice(0, NAMED).map((one) => (
          <li key={one.token.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 wrap-anywhere">
              <span title={one.token.name} className="font-medium">
                <TextLink to={`/tokens/${one.token.id}`}>{shortName(one.token.name)}</TextLink>
              </span>{' '}
              ends <TokenExpiry token={one.token} now={now} />. <Consequence expiring={one} />
            </span>
            <Button size="sm" aria-label={`Rotate ${one.token.name}`} onClick={() => onRotate(one.token)}>
              Rotate
            </Button>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="mt-1">And {formatCount(rest, 'more', 'more')}.</p>}
    </Callout>
  )
}
