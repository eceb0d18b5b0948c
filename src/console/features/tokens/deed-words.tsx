import { Ban, Eye, OctagonAlert, Pencil, TriangleAlert } from 'lucide-react'

import type { Scopes } from '#api/contract/scopes.ts'
import { cx } from '#console/lib/cx.ts'

import { type Deeds, deedSentence, deedsOf, worstDeed } from './deeds.ts'

const LOOK: Record<Deeds['kind'], { Icon: typeof Eye; ink: string }> = {
  grave: { Icon: OctagonAlert, ink: 'text-danger' },
  notable: { Icon: TriangleAlert, ink: 'text-warning' },
  writes: { Icon: Pencil, ink: '' },
  reads: { Icon: Eye, ink: 'text-muted' },
  nothing: { Icon: Ban, ink: 'text-muted' },
}

export interface DeedWordsProps {
  scopes: Scopes
  /** All of it; else the worst and a number, and the rest on hover. */
  isWhole?: boolean | undefined
}

/** What a token can do at worst, with a sign that tells the dangerous from the harmless. */
export function DeedWords({ scopes, isWhole = false }: DeedWordsProps) {
  const deeds = deedsOf(scopes)
  const { Icon, ink } = LOOK[deeds.kind]
  const all = deedSentence(deeds)
  const { words, more } = worstDeed(deeds)
  return (
    <span
      title={isWhole || more === 0 ? undefined : all}
      className={cx('inline-flex min-w-0 items-baseline gap-1', ink)}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 translate-y-0.5 stroke-[1.5]" />
      {isWhole ? (
        <span>{all}</span>
      ) : (
        <>
          <span className="truncate">{words}</span>
          {more > 0 && (
            <>
              <span aria-hidden className="text-muted">{`+${more}`}</span>
              <span className="sr-only">{all.slice(words.length)}</span>
            </>
          )}
        </>
      )}
    </span>
  )
}
