import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { ALLOWED_IPS_MAX, type CreateToken, GrantedScopes, NeverReason } from '#api/contract/tokens.ts'

import { addressProblem } from './address-list.ts'
import { choiceLife, EXPIRY_CHOICES } from './expiry-choices.ts'

const Fields = z.object({
  name: DisplayName,
  expiry: z.enum(EXPIRY_CHOICES),
  /** Local date and time as `datetime-local` writes it; used with the expiry `date`. */
  date: z.string(),
  /** Used with the expiry `never`. */
  neverReason: z.string(),
  reach: z.enum(['all', 'chosen']),
  /** Ids as text, as the choosing control holds them; used with the reach `chosen`. */
  workspaces: z.array(z.string()),
  scopes: GrantedScopes,
  /** Empty = from anywhere. */
  allowedIps: z.array(z.string()).max(ALLOWED_IPS_MAX, `At most ${ALLOWED_IPS_MAX} entries`),
})
export type TokenForm = z.infer<typeof Fields>

/** True where a token that never expires has the reason that the policy wants, or none where it wants none. */
function isReasonEnough(reason: string, policy: TokenPolicy): boolean {
  const isThere = reason.trim() !== ''
  return isThere ? NeverReason.safeParse(reason).success : !policy.asksNeverReason
}

/** The form of a new token under the rules of the policy. */
export function tokenFormFor(policy: TokenPolicy) {
  return Fields.superRefine((form, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const life = choiceLife(form.expiry, form.date, policy, new Date())
    if ('problem' in life) refuse([form.expiry === 'date' ? 'date' : 'expiry'], life.problem)
    if (form.expiry === 'never' && !isReasonEnough(form.neverReason, policy))
      refuse(['neverReason'], 'Say in a few words why it must never expire')
    if (form.reach === 'chosen' && form.workspaces.length === 0) refuse(['workspaces'], 'Choose a workspace')
    for (const [index, entry] of form.allowedIps.entries()) {
      const problem = addressProblem(entry)
      if (problem !== undefined) refuse(['allowedIps', index], problem)
    }
  })
}

/** What is sent. Life is counted from now, so this is called at the moment of sending. */
export function toCreateToken(form: TokenForm, policy: TokenPolicy, now: Date): CreateToken {
  const life = choiceLife(form.expiry, form.date, policy, now)
  const reason = form.neverReason.trim()
  return {
    name: form.name,
    // A choice that came to be wrong meanwhile is sent as the shortest life, never as a longer one.
    expiresInSeconds: 'problem' in life ? 60 : life.seconds,
    scopes: form.scopes,
    workspaces: form.reach === 'all' ? 'all' : form.workspaces.map(Number),
    ...(form.allowedIps.length > 0 ? { allowedIps: form.allowedIps } : {}),
    ...(form.expiry === 'never' && reason !== '' ? { neverReason: reason } : {}),
  }
}
