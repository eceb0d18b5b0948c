import { Fragment } from 'react'

import type { TokenDependant } from '#api/contract/tokens.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { dependantPath, shortName } from './dependant-words.ts'
import { type Expiring, refusalWords } from './list/expiring-words.ts'

/** Things named one by one; the others are counted. */
const NAMED = 2

/** What ends with a token, in a sentence: `Schedule Nightly backup stops with it.`, each with the way to it. */
export function Consequence({ expiring }: { expiring: Expiring }) {
  const { breaks } = expiring
  if (breaks.length === 0) return refusalWords(expiring)
  const rest = breaks.length - NAMED
  const named = breaks.slice(0, NAMED)
  return (
    <>
      {kindOf(breaks)}
      {named.map((one, index) => (
        <Fragment key={`${one.kind} ${one.id}`}>
          {index > 0 && (rest > 0 ? ', ' : ' and ')}
          <Named dependant={one} />
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest} more`} {breaks.length === 1 ? 'stops' : 'stop'} with it.
    </>
  )
}

/** `Schedules `; nothing where they are of several kinds. */
function kindOf(breaks: readonly TokenDependant[]): string {
  if (!breaks.every(({ kind }) => kind === 'schedule')) return ''
  return breaks.length === 1 ? 'Schedule ' : 'Schedules '
}

function Named({ dependant }: { dependant: TokenDependant }) {
  const path = dependantPath(dependant)
  const name = shortName(dependant.name)
  return (
    <span title={dependant.name} className="font-medium">
      {path === undefined ? name : <TextLink to={path}>{name}</TextLink>}
    </span>
  )
}
