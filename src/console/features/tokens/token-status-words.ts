import type { Token } from '#api/contract/tokens.ts'

/** What the state of a token is told from. */
export type StatusOf = Pick<Token, 'status' | 'rotatedTo' | 'blockedBy' | 'disabledBecause' | 'secretShownTo'>

export type StatusWord = 'Active' | 'Rotating' | 'Disabled' | 'Blocked' | 'Expired' | 'Revoked'

const WORDS = {
  active: 'Active',
  disabled: 'Disabled',
  blocked: 'Blocked',
  expired: 'Expired',
  revoked: 'Revoked',
} as const satisfies Record<Token['status'], StatusWord>

/** Not over for good: it can be disabled, enabled, revoked. */
export const isAlive = ({ status }: Pick<Token, 'status'>): boolean => status !== 'expired' && status !== 'revoked'

/** Put out of use because somebody who left may know its secret. */
export const isSecretKnown = ({ status, disabledBecause }: Pick<Token, 'status' | 'disabledBecause'>): boolean =>
  status === 'disabled' && disabledBecause === 'secret_known'

/** Another token takes its place already, and it still works. */
export const isRotating = ({ status, rotatedTo }: Pick<Token, 'status' | 'rotatedTo'>): boolean =>
  status === 'active' && rotatedTo !== null

export const canRotate = (token: Pick<Token, 'status' | 'rotatedTo'>): boolean =>
  isAlive(token) && token.rotatedTo === null

export const statusWord = (token: Pick<Token, 'status' | 'rotatedTo'>): StatusWord =>
  isRotating(token) ? 'Rotating' : WORDS[token.status]

/** Why it is not simply active, and what would change that; undefined where the word says it all. */
export function statusReason(token: StatusOf): string | undefined {
  if (isRotating(token)) return `${fingerprint(token.rotatedTo)} takes its place; both work until this one ends.`
  if (token.status === 'disabled') return disabledReason(token)
  if (token.blockedBy === 'policy')
    return 'It breaks the token policy. Rotate it to one that keeps it, or change the policy.'
  if (token.blockedBy === 'maker') return 'The account that made it is disabled.'
  return undefined
}

function disabledReason(token: StatusOf): string {
  if (!isSecretKnown(token)) return 'Refused until it is enabled.'
  const name = token.secretShownTo?.name ?? null
  const who =
    name === null
      ? 'whoever was shown its secret was removed'
      : `${name}, who was shown its secret, was disabled or given a lower role`
  return `Refused, as ${who} and may still know it. Rotate it for a secret that they do not know; enabling it lets them in.`
}

/** How a token is told from others: `mdk_a1b2…9xYz`. */
export const fingerprint = (token: Pick<Token, 'prefix' | 'lastFour'> | null): string =>
  token === null ? 'Another token' : `${token.prefix}…${token.lastFour}`
