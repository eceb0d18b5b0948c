import type { MemberToken } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

import { namedTokens } from './token-names.ts'

type Fated = Pick<MemberToken, 'id' | 'name'> & { fate: 'revoked' | 'handed_over' | 'disabled' }

/** `Tokens “CI” and “Batch” handed over, disabled until the new holder enables or rotates them. Token “Old” revoked.` */
export function fateWords(tokens: readonly Fated[]): string | undefined {
  if (tokens.length === 0) return undefined
  const names = (wanted: Fated['fate']): string[] =>
    tokens.filter(({ fate }) => fate === wanted).map(({ name }) => name)
  const [kept, revoked, known] = [names('handed_over'), names('revoked'), names('disabled')]
  return [
    kept.length > 0 && handedWords(kept),
    revoked.length > 0 && `${namedTokens(revoked)} revoked.`,
    known.length > 0 && knownWords(known),
  ]
    .filter(Boolean)
    .join(' ')
}

const handedWords = (names: readonly string[]): string =>
  `${namedTokens(names)} handed over, disabled until the new holder enables or rotates ${names.length === 1 ? 'it' : 'them'}.`

const knownWords = (names: readonly string[]): string =>
  `${namedTokens(names)} of others disabled, as the removed one was shown ${names.length === 1 ? 'its secret' : 'the secrets'}.`

/** What is about to happen to their tokens; `names` are the first of them, as far as they are known. */
export function fateToCome(names: readonly string[], total: number, isHandedOver: boolean): string {
  const which = names.length === 0 ? formatCount(total, 'token') : namedTokens(names, total)
  const [are, them] = total === 1 ? ['is', 'it'] : ['are', 'them']
  return isHandedOver
    ? `${which} of theirs ${are} disabled until the new holder enables or rotates ${them}.`
    : `${which} of theirs ${are} revoked, and every program that uses ${them} is refused.`
}

/** `1 schedule does not run any more`. */
export function stoppedWords(stopped: readonly TokenDependant[]): string {
  const noun = stopped.every(({ kind }) => kind === 'schedule') ? 'schedule' : 'thing'
  return `${formatCount(stopped.length, noun)} ${stopped.length === 1 ? 'does' : 'do'} not run any more`
}

/** Where it can be made to run again; undefined where that is not known. */
export function stoppedPath({ kind, id, workspace }: TokenDependant): string | undefined {
  return kind === 'schedule' && workspace !== null ? `/w/${workspace.id}/schedules/${id}` : undefined
}
