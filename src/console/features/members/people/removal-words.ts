import type { MemberToken } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

type Fated = Pick<MemberToken, 'id'> & { fate: 'revoked' | 'handed_over' | 'disabled' }

/** `2 tokens handed over, disabled until their new holder enables or rotates them. 1 token revoked.` */
export function fateWords(tokens: readonly Fated[]): string | undefined {
  if (tokens.length === 0) return undefined
  const count = (wanted: Fated['fate']): number => tokens.filter(({ fate }) => fate === wanted).length
  const [kept, revoked, known] = [count('handed_over'), count('revoked'), count('disabled')]
  return [
    kept > 0 && handedWords(kept),
    revoked > 0 && `${formatCount(revoked, 'token')} revoked.`,
    known > 0 && knownWords(known),
  ]
    .filter(Boolean)
    .join(' ')
}

const handedWords = (tokens: number): string =>
  `${formatCount(tokens, 'token')} handed over, disabled until the new holder enables or rotates ${tokens === 1 ? 'it' : 'them'}.`

const knownWords = (tokens: number): string =>
  `${formatCount(tokens, 'token')} of others disabled, as the removed one was shown ${tokens === 1 ? 'its secret' : 'the secrets'}.`

/** `1 schedule does not run any more`. */
export function stoppedWords(stopped: readonly TokenDependant[]): string {
  const noun = stopped.every(({ kind }) => kind === 'schedule') ? 'schedule' : 'thing'
  return `${formatCount(stopped.length, noun)} ${stopped.length === 1 ? 'does' : 'do'} not run any more`
}

/** Where it can be made to run again; undefined where that is not known. */
export function stoppedPath({ kind, id, workspace }: TokenDependant): string | undefined {
  return kind === 'schedule' && workspace !== null ? `/w/${workspace.id}/schedules/${id}` : undefined
}
