import { useQuery } from '@tanstack/react-query'

import type { Member, MemberToken } from '#api/contract/members.ts'
import { members } from '#console/data/members.ts'
import { formatCount } from '#console/lib/format.ts'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'

import { fateToCome } from './removal-words.ts'

interface TokenFateFieldProps {
  member: Member
  /** The newest of their tokens; undefined while they are on their way. */
  tokens: readonly MemberToken[] | undefined
  /** Who gets the tokens; undefined = they are revoked. */
  value: number | undefined
  onChange: (heir: number | undefined) => void
}

const REVOKE = 'revoke'

/** Whether the tokens of a removed member stop, or go on under another account. */
export function TokenFateField({ member, tokens, value, onChange }: TokenFateFieldProps) {
  const others = (useQuery(members.choice()).data ?? []).filter(
    ({ id, status }) => id !== member.id && status === 'active',
  )
  const isOne = member.tokens === 1
  const options = [
    {
      value: REVOKE,
      label: isOne ? 'Revoke it' : 'Revoke them',
      description: `Every program that uses ${isOne ? 'it' : 'one'} is refused from now on.`,
    },
    ...others.map(({ id, name, email }) => ({
      value: String(id),
      label: `Hand ${isOne ? 'it' : 'them'} to ${name}`,
      description: email,
    })),
  ]
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium wrap-anywhere text-foreground">
        {fateToCome(
          (tokens ?? []).map(({ name }) => name),
          member.tokens,
          value !== undefined,
        )}
      </p>
      <Field label={`What happens to their ${isOne ? 'token' : formatCount(member.tokens, 'token')}`}>
        <Combobox
          options={options}
          value={value === undefined ? REVOKE : String(value)}
          onValueChange={(next) => onChange(next === REVOKE ? undefined : Number(next))}
          searchPlaceholder="Search members"
        />
      </Field>
      {value !== undefined && (
        <p className="text-sm">
          {member.name} may know their secrets. They hold no more than {member.name} held; one that would hold nothing
          is revoked.
        </p>
      )}
    </div>
  )
}
