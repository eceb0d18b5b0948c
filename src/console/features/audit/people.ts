import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { AuditEntry } from '#api/contract/audit-console.ts'
import { members } from '#console/data/members.ts'
import { session } from '#console/data/session.ts'

/** Names by the id of the account; empty for who may not list accounts. */
export function usePeople(): ReadonlyMap<number, string> {
  const role = useQuery(session.current()).data?.signedIn?.user.role
  // Asked by a member it would be refused, and leave a record of that.
  const list = useQuery({ ...members.choice(), enabled: role === 'owner' || role === 'admin' }).data
  return useMemo(() => new Map(list?.map(({ id, name }) => [id, name])), [list])
}

/** The name of who did it; undefined of a token, of nobody, and where none but the e-mail address is known. */
export function personName({ kind, person }: AuditEntry['actor'], people: ReadonlyMap<number, string>) {
  if (kind !== 'session' || person === null) return undefined
  const name = people.get(person.id)
  return name === person.email ? undefined : name
}
