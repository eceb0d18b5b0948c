import { z } from 'zod'

import { TokenPolicy } from '#api/contract/token-policy.ts'

import { LIFE_UNITS, toAmount, toSeconds } from './life-amount.ts'

const Amount = z.object({ count: z.number().nullable(), unit: z.enum(LIFE_UNITS) })

const Fields = z.object({
  isLimited: z.boolean(),
  /** Used where the life is limited. */
  longest: Amount,
  usual: Amount,
  allowsNever: z.boolean(),
  /** Used where never is allowed. */
  asksNeverReason: z.boolean(),
})
type Fields = z.infer<typeof Fields>

/** The form of the token policy; what it refuses is what the server would refuse. */
export const PolicyForm = Fields.superRefine((form, context) => {
  const { error } = TokenPolicy.safeParse(loosePolicy(form))
  for (const { path, message } of error?.issues ?? []) {
    const field = path[0] === 'maxLifeSeconds' ? 'longest' : 'usual'
    const isMissing = form[field].count === null
    context.addIssue({ code: 'custom', path: [field, 'count'], message: isMissing ? 'Give a number' : message })
  }
  if (error !== undefined) return
  const { maxLifeSeconds: longest, defaultLifeSeconds: usual } = toPolicy(form)
  if (longest !== null && usual > longest) {
    const message = 'Longer than the longest life. Shorten it.'
    context.addIssue({ code: 'custom', path: ['usual', 'count'], message })
  }
})
export type PolicyForm = z.infer<typeof PolicyForm>

function loosePolicy({ isLimited, longest, usual, allowsNever, asksNeverReason }: Fields) {
  return {
    maxLifeSeconds: isLimited ? toSeconds(longest) : null,
    defaultLifeSeconds: toSeconds(usual),
    allowsNever,
    asksNeverReason: allowsNever && asksNeverReason,
  }
}

/** What is sent; throws where the form is not valid. */
export const toPolicy = (form: PolicyForm): TokenPolicy => TokenPolicy.parse(loosePolicy(form))

/** The same while it is being typed; undefined where it is not valid yet. */
export const toValidPolicy = (form: PolicyForm): TokenPolicy | undefined =>
  PolicyForm.safeParse(form).success ? toPolicy(form) : undefined

/** Where a limit is begun from. */
const FIRST_LIMIT = { count: 90, unit: 'days' } as const

export function toPolicyForm({ maxLifeSeconds, defaultLifeSeconds, ...rest }: TokenPolicy): PolicyForm {
  return {
    isLimited: maxLifeSeconds !== null,
    longest: maxLifeSeconds === null ? FIRST_LIMIT : toAmount(maxLifeSeconds),
    usual: toAmount(defaultLifeSeconds),
    ...rest,
  }
}
