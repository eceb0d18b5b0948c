import { type Control, useWatch } from 'react-hook-form'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { useDebouncedValue } from '#console/lib/use-debounced-value.ts'

import { type PolicyForm, toValidPolicy } from './policy-form.ts'

/** The policy as it is typed, once typing has paused; `saved` while what is typed is not a policy. */
export function useTriedPolicy(control: Control<PolicyForm>, saved: TokenPolicy): TokenPolicy {
  const [isLimited, longest, usual, allowsNever, asksNeverReason] = useWatch({
    control,
    name: ['isLimited', 'longest', 'usual', 'allowsNever', 'asksNeverReason'],
  })
  const typed = toValidPolicy({ isLimited, longest, usual, allowsNever, asksNeverReason }) ?? saved
  // By its text: an object would be another one at each look, and never stand still.
  return JSON.parse(useDebouncedValue(JSON.stringify(typed))) as TokenPolicy
}
