import { useQuery } from '@tanstack/react-query'

import type { Member } from '#api/contract/members.ts'
import { members } from '#console/data/members.ts'
import { formatCount } from '#console/lib/format.ts'
import { Combobox } from '#console/ui/combobox.tsx'

interface TokenFateFieldProps {
  member: Member
  /** Who gets the tokens; undefined = they are revoked. */
  value: number | undefined
  onChange: (heir: number | undefined) => void
}

const REVOKE = 'revoke'

/** Whether the tokens of a removed member stop, or go on under another account. */
export function TokenFateField({ member, value, onChange }: TokenFateFieldProps) {
  const others = (useQuery(members.choice()).data ?? []).filter(
    ({ id, status }) => id !== member.id && status === 'active',
  )
  const options = [
    { value: REVOKE, label: 'Revoke them', description: 'Every program that uses one is refused from now on.' },
    ...others.map(({ id, name, email }) => ({
      value: String(id),
      label: `Hand them to ${name}`,
      description: email,
    })),
  ]
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-foreground">{formatCount(member.tokens, 'token')} of theirs work</p>
      <Combobox
        aria-label="What happens to their tokens"
        options={options}
        value={value === undefined ? REVOKE : String(value)}
        onValueChange={(next) => onChange(next === REVOKE ? undefined : Number(next))}
        searchPlaceholder="Search members"
      />
      {value !== undefined && (
        <p className="text-sm">
          They are disabled until the new holder enables or rotates them: {member.name} may know their secrets. They
          hold no more than {member.name} held; one that would hold nothing is revoked.
        </p>
      )}
    </div>
  )
}
