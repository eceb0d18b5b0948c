import type { Token } from '#api/contract/tokens.ts'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

export interface NeverReasonFieldProps {
  token: Pick<Token, 'expiresAt' | 'neverReason'>
  value: string
  onValueChange: (value: string) => void
}

/** Asks why the copy of a token must never expire, where nobody said so of the token itself. */
export function NeverReasonField({ token, value, onValueChange }: NeverReasonFieldProps) {
  if (!lacksReason(token)) return null
  return (
    <Field label="Why it must never expire" hint="Nobody said so of this token. The policy may ask for it.">
      <Input value={value} onChange={(event) => onValueChange(event.target.value)} />
    </Field>
  )
}

/** What of it goes into the call. */
export function reasonOf(token: NeverReasonFieldProps['token'], reason: string): { neverReason?: string } {
  return lacksReason(token) && reason.trim() !== '' ? { neverReason: reason.trim() } : {}
}

function lacksReason({ expiresAt, neverReason }: NeverReasonFieldProps['token']): boolean {
  return expiresAt === null && neverReason === null
}
