import { type Control, useWatch } from 'react-hook-form'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { useDebouncedValue } from '#console/lib/use-debounced-value.ts'

import { type PolicyForm, toValidPolicy } from './policy-form.ts'

/** The policy as it is typed, once typing has paused; undefined while what is typed is not a policy. */
export function useTriedPolicy(control: Control<PolicyForm>): TokenPolicy | undefined {
  const [isLimited, longest, usual, allowsNever, asksNeverReason] = useWatch({
    control,
    name: ['isLimited', 'longest', 'usual', 'allowsNever', 'asksNeverReason'],
  })
  const typed = toValidPolicy({ isLimited, longest, usual, allowsNever, asksNeverReason })
  // By its text: an object would be another one at each look, and never stand still.
  const text = useDebouncedValue(typed === undefined ? '' : JSON.stringify(typed))
  return typed === undefined || text === '' ? undefined : (JSON.parse(text) as TokenPolicy)
}
