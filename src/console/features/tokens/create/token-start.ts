import type { MyAccount } from '#api/contract/my-account.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'
import { type PresetId, PRESETS } from '#console/scopes/presets.ts'
import { isSameGrant, withinHeld } from '#console/scopes/scope-matrix.ts'

import { chipFor, choiceLife, longestChoice, shortestChoice, usualChoice } from './expiry-choices.ts'
import { suggestName } from './name-suggestion.ts'
import type { TokenForm } from './token-form.ts'

/** What a form begins from. */
export interface StartInput {
  policy: TokenPolicy
  mine: Pick<MyAccount, 'scopes' | 'workspaces'>
  /** Workspaces that there are. */
  workspaceIds: readonly number[]
  /** From the address; null where none is named. */
  preset: PresetId | null
  now: Date
}

const NAME_MAX = 200
const COPY = ' copy'

/** An empty form, or one with the scopes, name and life that go with a preset. */
export function newStart({ policy, mine, workspaceIds, preset, now }: StartInput): TokenForm {
  const isWhole = mine.workspaces === 'all'
  return {
    name: preset === null ? '' : suggestName(preset, now),
    expiry: preset === null ? usualChoice(policy) : presetExpiry(preset, policy),
    date: '',
    neverReason: '',
    reach: isWhole ? 'all' : 'chosen',
    // With one workspace in reach there is nothing to choose.
    workspaces: !isWhole && workspaceIds.length === 1 ? workspaceIds.map(String) : [],
    scopes: withinHeld(PRESETS[preset ?? 'read-only'].scopes, mine.scopes),
    allowedIps: [],
  }
}

/** What runs every night or on every push should not end next week; the policy has the last word. */
export function presetExpiry(preset: PresetId, policy: TokenPolicy): TokenForm['expiry'] {
  return preset === 'backup' || preset === 'ci' ? longestChoice(policy, '90d') : usualChoice(policy)
}

/** The form as it was for another token: the same grant, as far as whoever makes it may grant it. */
export function copyStart(from: Token, input: StartInput): { start: TokenForm; leftOut: string[] } {
  const { policy, mine, workspaceIds, now } = input
  const isOver = from.status === 'revoked' || from.status === 'expired'
  const scopes = withinHeld(from.scopes, mine.scopes)
  const ids = from.workspaces === 'all' ? [] : from.workspaces.filter((id) => workspaceIds.includes(id))
  const lacksWorkspaces = from.workspaces === 'all' ? mine.workspaces !== 'all' : ids.length < from.workspaces.length
  return {
    start: {
      ...newStart(input),
      // A token that is no more gives its name to the one in its place.
      name: isOver ? from.name : `${from.name.slice(0, NAME_MAX - COPY.length)}${COPY}`,
      ...copiedLife(from, policy, now),
      neverReason: from.neverReason ?? '',
      reach: from.workspaces === 'all' && mine.workspaces === 'all' ? 'all' : 'chosen',
      workspaces: ids.map(String),
      scopes,
      allowedIps: from.allowedIps ?? [],
    },
    leftOut: [
      ...(isSameGrant(scopes, from.scopes) ? [] : ['scopes that you do not hold yourself']),
      ...(lacksWorkspaces ? ['workspaces that you do not reach or that are gone'] : []),
    ],
  }
}

/** The life the other token was given, from now on; the longest allowed where the policy has become stricter. */
function copiedLife(from: Token, policy: TokenPolicy, now: Date): Pick<TokenForm, 'expiry' | 'date'> {
  const seconds =
    from.expiresAt === null ? null : Math.round((Date.parse(from.expiresAt) - Date.parse(from.createdAt)) / 1_000)
  const chip = seconds === policy.defaultLifeSeconds ? usualChoice(policy) : chipFor(seconds)
  const date = seconds === null ? '' : localMinute(new Date(now.getTime() + seconds * 1_000))
  const wish = chip === undefined ? ({ expiry: 'date', date } as const) : { expiry: chip, date: '' }
  const isAllowed = !('problem' in choiceLife(wish.expiry, wish.date, policy, now))
  if (isAllowed) return wish
  // A life that the policy allows and no choice stands for is too short for a date to the minute.
  const isTooShort = seconds !== null && (policy.maxLifeSeconds === null || seconds <= policy.maxLifeSeconds)
  return { expiry: isTooShort ? shortestChoice(policy) : longestChoice(policy, '1y'), date: '' }
}

/** As a `datetime-local` input writes it, in local time. */
function localMinute(at: Date): string {
  const pad = (part: number): string => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}
