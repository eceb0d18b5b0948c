import { upperFirst } from './deed-words.ts'
import { valueText } from './difference.ts'

/** `secondFactor` → `second factor`, `is_active` → `is active`. */
const spaced = (key: string): string =>
  key
    .replaceAll('_', ' ')
    .replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
    .trim()

/** Facts that people know by another name. */
const FACTS: Readonly<Record<string, string>> = {
  is_active: 'active',
  secondFactor: 'second step',
  needs: 'still asked for',
  ok: 'worked',
}

/** Where a fact is, in words: `secondFactor` → `Second step`, `limits.maxRows` → `Limits › max rows`. */
export const factWords = (path: string): string =>
  upperFirst(
    path
      .split('.')
      .map((key) => (Object.hasOwn(FACTS, key) ? FACTS[key] : spaced(key)))
      .join(' › '),
  )

/** How somebody signed in, as records note it. */
const WAYS: Readonly<Record<string, string>> = {
  oidc: 'sign-in provider',
  recovery: 'recovery code',
  totp: 'authenticator app',
  second_factor: 'second step',
  second_factor_setup: 'setting up a second step',
}
const WAY_KEYS = new Set(['method', 'secondFactor', 'needs'])

/** A noted value in words. */
export function factText(key: string, value: unknown): string {
  if (WAY_KEYS.has(key) && typeof value === 'string') return WAYS[value] ?? spaced(value)
  return valueText(value)
}

/** Why a call was refused. Any other reason is said by its own words. */
const REASONS: Readonly<Record<string, string>> = {
  account_disabled: 'the account is disabled',
  address: 'the token is not let in from this address',
  beyond_own_rights: 'it goes beyond their own rights',
  cross_origin: 'it came from another site',
  invitation: 'the invitation link does not hold',
  last_owner: 'it would leave no owner',
  last_second_factor: 'it would leave no second step',
  link: 'the link does not hold',
  maker: 'the account that made the token is disabled',
  no_second_factor: 'there is no second step yet',
  own_account: 'it is their own account',
  password_required: 'the password is asked for',
  proof_required: 'a proof of who they are is asked for',
  recovery: 'the recovery link does not hold',
  role: 'their role does not allow it',
  session_required: 'it needs a person who is signed in',
  setup_link: 'the setup link does not hold',
  sign_in_expired: 'the sign-in took too long',
  workspace: 'it reaches beyond their workspaces',
  wrong_code: 'the code was wrong',
  wrong_passkey: 'the passkey was not accepted',
  wrong_proof: 'the proof was wrong',
}

/** `recovery` → `the recovery link does not hold`. */
export const reasonWords = (reason: string): string => REASONS[reason] ?? spaced(reason)
