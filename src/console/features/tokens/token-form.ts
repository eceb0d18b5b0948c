import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { CreateToken } from '#api/contract/tokens.ts'

import { EXPIRY_IDS, lifeOf } from './token-expiry.ts'
import { PRESETS } from './token-presets.ts'

/** The form of a new token. The reason for one that never expires stays here: it is for the person, not for the server. */
export const TokenForm = z
  .object({
    name: DisplayName,
    expiry: z.enum(EXPIRY_IDS),
    /** Local date and time as `datetime-local` writes it; used with the expiry `date`. */
    date: z.string(),
    reason: z.string(),
    reach: z.enum(['all', 'chosen']),
    /** Ids as text, as the choosing control holds them; used with the reach `chosen`. */
    workspaces: z.array(z.string()),
    scopes: CreateToken.shape.scopes,
  })
  .superRefine((form, context) => {
    const life = lifeOf(form.expiry, form.date, new Date())
    if ('problem' in life) context.addIssue({ code: 'custom', path: ['date'], message: life.problem })
    if (form.expiry === 'never' && !isReason(form.reason))
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Say in a few words why it must never expire' })
    if (form.reach === 'chosen' && form.workspaces.length === 0)
      context.addIssue({ code: 'custom', path: ['workspaces'], message: 'Choose a workspace' })
  })
export type TokenForm = z.infer<typeof TokenForm>

export const TOKEN_FORM_START: TokenForm = {
  name: '',
  expiry: '7d',
  date: '',
  reason: '',
  reach: 'all',
  workspaces: [],
  scopes: PRESETS['read-only'].scopes,
}

/** Long enough to be words: "CI of the old shop cannot rotate". */
export const isReason = (text: string): boolean => text.trim().length >= 8

/** What is sent. Life is counted from now, so this is called at the moment of sending. */
export function toCreateToken(form: TokenForm, now: Date): CreateToken {
  const life = lifeOf(form.expiry, form.date, now)
  return {
    name: form.name,
    expiresInSeconds: 'problem' in life ? 0 : life.seconds,
    scopes: form.scopes,
    workspaces: form.reach === 'all' ? 'all' : form.workspaces.map(Number),
  }
}
