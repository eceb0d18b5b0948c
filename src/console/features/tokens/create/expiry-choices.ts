import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { formatDay } from '#console/lib/format-time.ts'
import { formatDuration } from '#console/lib/format.ts'

import { EXPIRY_IDS, EXPIRY_LABELS, type ExpiryId, type Life, lifeOf } from '../token-expiry.ts'

/** What can be chosen; `usual` is the default life of the policy where no chip of its own stands for it. */
export const EXPIRY_CHOICES = [...EXPIRY_IDS, 'usual'] as const
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]

export interface ExpiryChip {
  value: ExpiryChoice
  label: string
  /** Longer than the policy allows. */
  disabled: boolean
}

type TimedId = Exclude<ExpiryId, 'date' | 'never'>
const TIMED = EXPIRY_IDS.filter((id): id is TimedId => id !== 'date' && id !== 'never')

/** Seconds that a chip stands for. */
function secondsOf(id: TimedId): number {
  const life = lifeOf(id, '', new Date())
  return 'problem' in life || life.seconds === null ? 0 : life.seconds
}

/** `30 d`, for lives of any length. */
export const lifeWords = (seconds: number): string => formatDuration(seconds * 1_000)

const isWithin = (policy: TokenPolicy, seconds: number): boolean =>
  policy.maxLifeSeconds === null || seconds <= policy.maxLifeSeconds

/** The chip that stands for a life in seconds. */
export function chipFor(seconds: number | null): ExpiryId | undefined {
  return seconds === null ? 'never' : TIMED.find((id) => secondsOf(id) === seconds)
}

/** What a new token is given unless somebody chooses. */
export function usualChoice(policy: TokenPolicy): ExpiryChoice {
  return chipFor(policy.defaultLifeSeconds) ?? 'usual'
}

/** The longest chip up to the wish that the policy allows; its default where it allows none of them. */
export function longestChoice(policy: TokenPolicy, wish: TimedId): ExpiryChoice {
  const allowed = TIMED.filter((id) => secondsOf(id) <= secondsOf(wish) && isWithin(policy, secondsOf(id)))
  return allowed.at(-1) ?? usualChoice(policy)
}

/** The shortest chip, where the policy allows one. */
export function shortestChoice(policy: TokenPolicy): ExpiryChoice {
  return TIMED.find((id) => isWithin(policy, secondsOf(id))) ?? usualChoice(policy)
}

/** The chips in the order of their lives, the date last; "never" is not one of them. */
export function expiryChips(policy: TokenPolicy): ExpiryChip[] {
  const timed = TIMED.map((id) => ({ value: id as ExpiryChoice, label: EXPIRY_LABELS[id], seconds: secondsOf(id) }))
  if (usualChoice(policy) === 'usual') {
    const seconds = policy.defaultLifeSeconds
    timed.push({ value: 'usual', label: lifeWords(seconds), seconds })
  }
  const chips = timed
    .toSorted((a, b) => a.seconds - b.seconds)
    .map(({ value, label, seconds }) => ({ value, label, disabled: !isWithin(policy, seconds) }))
  return [...chips, { value: 'date', label: EXPIRY_LABELS.date, disabled: false }]
}

/** Seconds from now that a choice stands for, or what is wrong with it under the policy. */
export function choiceLife(choice: ExpiryChoice, date: string, policy: TokenPolicy, now: Date): Life {
  const life = choice === 'usual' ? { seconds: policy.defaultLifeSeconds } : lifeOf(choice, date, now)
  if ('problem' in life) return life
  if (life.seconds === null) {
    return policy.allowsNever ? life : { problem: 'The token policy allows no tokens that never expire' }
  }
  return isWithin(policy, life.seconds) ? life : { problem: `${limitWords(policy) ?? ''}. Choose an earlier end` }
}

/** The longest life in words; nothing where there is none. */
export function limitWords({ maxLifeSeconds }: TokenPolicy): string | undefined {
  return maxLifeSeconds === null ? undefined : `The token policy allows a life of ${lifeWords(maxLifeSeconds)} at most`
}

const DAY = 86_400

/** A week or less: what runs every night stops before anybody thinks of it again. */
export const isShort = (life: Life): boolean => 'seconds' in life && life.seconds !== null && life.seconds <= 7 * DAY

/** When it ends, and which of the warnings that the list of tokens gives come in a life of this length. */
export function endWords(life: Life, now: Date): string {
  if ('problem' in life) return 'Say when it ends.'
  const { seconds } = life
  if (seconds === null) return 'Works until somebody revokes it.'
  const end = `Ends ${formatDay(new Date(now.getTime() + seconds * 1_000), now)}`
  const days = [14, 7, 1].filter((warning) => seconds > 2 * warning * DAY)
  if (days.length === 0) return `${end}, without a warning before: its life is too short for one.`
  const [last = 1] = days.slice(-1)
  const before = days.length === 1 ? `${last} day` : `${days.slice(0, -1).join(', ')} and ${last} days`
  return `${end}; once it is in use, the list of tokens warns ${before} before.`
}
