import { type Call, createCall } from '#api/client/call.ts'
import { acceptInvitation, createInvitation } from '#api/contract/members.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { signInByFetch, unique } from './fixtures.ts'
import type { OWNER } from './server.ts'

/** With what somebody signs in. */
export type Person = typeof OWNER

type Grant = { role: 'owner' | 'admin' } | { role: 'member'; scopes: Scopes; workspaces: Workspaces }

/** Calls with a new session of the owner, or whoever is named: people are managed by people, not by tokens. */
export async function callAs(url: string, who?: Person): Promise<Call> {
  return createCall({ base: url, fetch, headers: { cookie: await signInByFetch(url, who) } })
}

/** An account of this name by an invitation that was accepted, with an address of its own. */
export async function addPerson(owner: Call, url: string, name: string, grant: Grant): Promise<Person> {
  const person = { email: `${unique(grant.role).replaceAll(' ', '-')}@example.com`, password: 'three green bicycles' }
  const { link } = await owner(createInvitation, { body: { email: person.email, ...grant } })
  const token = new URL(link).hash.slice(1)
  const guest = createCall({ base: url, fetch, headers: {} })
  await guest(acceptInvitation, { body: { token, name, password: person.password } })
  return person
}
