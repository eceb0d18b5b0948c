import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { DisplayName } from './names.ts'
import { cursorPage, CursorQuery } from './paging.ts'
import { Scopes } from './scopes.ts'
import { Proof, PROOF_FIELD } from './second-factor.ts'
import { Session } from './session.ts'
import { Email, NewPassword } from './setup.ts'
import { SignInStep } from './sign-in-step.ts'
import { TokenDependant, Workspaces, WorkspacesInReach } from './tokens.ts'

/**
 * `owner`: everything. `admin`: everything but what concerns owners and how people sign in. `member`: the scopes and
 * workspaces of the account, by the same words and the same guard as a token.
 */
export const Role = z.enum(['owner', 'admin', 'member'])
export type Role = z.infer<typeof Role>

const Person = z.object({ id: z.number().int(), name: z.string() })

/** A person with an account. `scopes` and `workspaces` are what they hold now; owners and admins hold everything. */
export const Member = z.object({
  id: z.number().int(),
  name: z.string(),
  email: z.string(),
  role: Role,
  scopes: Scopes,
  /** Empty where all that were granted are gone. */
  workspaces: WorkspacesInReach,
  status: z.enum(['active', 'disabled']),
  /** False where the account signs in by other ways only. */
  hasPassword: z.boolean(),
  /** What is asked for after the password; empty = nothing. */
  secondSteps: z.array(z.enum(['totp', 'passkey'])),
  createdAt: z.iso.datetime(),
  /** Written at most once a minute; null before the first sign-in. */
  lastSeenAt: z.iso.datetime().nullable(),
  invitedBy: Person.nullable(),
  /** Sessions that are open. */
  sessions: z.number().int(),
  /** Tokens they made that are neither revoked nor expired. */
  tokens: z.number().int(),
})
export type Member = z.infer<typeof Member>

/** A token that a member made. */
export const MemberToken = z.object({
  id: z.number().int(),
  name: z.string(),
  prefix: z.string(),
  lastFour: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type MemberToken = z.infer<typeof MemberToken>

/** What an account may do: scopes and workspaces for a member, neither for owners and admins. */
const GRANT = { role: Role, scopes: Scopes.optional(), workspaces: Workspaces.optional() }

interface Grant {
  role: Role
  scopes?: Scopes | undefined
  workspaces?: Workspaces | undefined
}

/** What is wrong with a grant, by field. */
export function grantProblems({ role, scopes, workspaces }: Grant): { param: string; message: string }[] {
  if (role === 'member') {
    const isEmpty = Object.values(scopes ?? {}).every((letters) => letters === '')
    return [
      ...(isEmpty ? [{ param: 'scopes', message: 'Grant a member at least one scope.' }] : []),
      ...(workspaces === undefined ? [{ param: 'workspaces', message: 'Choose the workspaces of a member.' }] : []),
    ]
  }
  const given = Object.entries({ scopes, workspaces }).filter(([, value]) => value !== undefined)
  return given.map(([param]) => ({ param, message: `Owners and admins hold all ${param}: leave them out.` }))
}

function refuseBadGrant(grant: Grant, context: z.RefinementCtx): void {
  for (const { param, message } of grantProblems(grant)) context.addIssue({ code: 'custom', path: [param], message })
}

/** Takes no password: one that somebody else chose would let them in as the new member. */
export const CreateMember = z
  .strictObject({ name: DisplayName, email: Email, ...GRANT, ...PROOF_FIELD })
  .superRefine(refuseBadGrant)

/** What is left out stays. Who becomes a member needs scopes and workspaces; who becomes more loses both. */
export const UpdateMember = z.strictObject({
  name: DisplayName.optional(),
  role: Role.optional(),
  scopes: Scopes.optional(),
  workspaces: Workspaces.optional(),
  disabled: z.boolean().optional(),
  ...PROOF_FIELD,
})
export type UpdateMember = z.infer<typeof UpdateMember>

const MemberParams = z.object({ id: IdParam })

export const listMembers = endpoint({
  id: 'memberList',
  method: 'GET',
  path: '/api:console/members',
  scope: 'session',
  role: 'admin',
  query: CursorQuery.extend({ search: z.string().max(200).default('') }),
  reply: cursorPage(Member),
})

/** One member and the newest 500 of their tokens. */
export const getMember = endpoint({
  id: 'memberGet',
  method: 'GET',
  path: '/api:console/members/{id}',
  scope: 'session',
  role: 'admin',
  params: MemberParams,
  reply: Member.extend({ tokenList: z.array(MemberToken) }),
})

/**
 * Makes an account at once, for who signs in through a provider of the instance. Who is to have a password is invited,
 * and chooses it. Needs a proof or a fresh sign-in.
 */
export const createMember = endpoint({
  id: 'memberCreate',
  method: 'POST',
  path: '/api:console/members',
  scope: 'session',
  role: 'admin',
  bodyLimitBytes: 65_536,
  changes: ['members'],
  body: CreateMember,
  reply: Member,
  status: 201,
})

/**
 * Takes effect on the next request of that person, in every process. Disabling ends their sessions. Who is disabled or
 * given a lower role may know secrets of others' tokens that they were shown: those are disabled. The roles admin and
 * owner are given with a proof or a fresh sign-in only.
 */
export const updateMember = endpoint({
  id: 'memberUpdate',
  method: 'PATCH',
  path: '/api:console/members/{id}',
  scope: 'session',
  role: 'admin',
  bodyLimitBytes: 65_536,
  changes: ['members', 'tokens'],
  params: MemberParams,
  body: UpdateMember,
  reply: Member,
})

/**
 * Removes the account and ends its sessions. Its tokens are revoked, or go to the account `tokensTo`, with no more than
 * the removed one held and disabled, as whoever goes may know their secrets: to be rotated or enabled there. The reply
 * tells each of them, the tokens of others that are disabled as the removed one was shown their secret, and what stops
 * running: schedules that the removed one saved last or that run with these tokens.
 */
export const deleteMember = endpoint({
  id: 'memberDelete',
  method: 'DELETE',
  path: '/api:console/members/{id}',
  scope: 'session',
  role: 'admin',
  changes: ['members', 'tokens'],
  params: MemberParams,
  query: z.object({ tokensTo: IdParam.optional() }),
  reply: z.object({
    tokens: z.array(MemberToken.extend({ fate: z.enum(['revoked', 'handed_over', 'disabled']) })),
    stopped: z.array(TokenDependant),
  }),
})

/** An invitation that was not accepted yet. The link is in the answer that makes it, and nowhere else. */
export const Invitation = z.object({
  id: z.number().int(),
  email: z.string(),
  role: Role,
  scopes: Scopes,
  /** Empty where all that were granted are gone. */
  workspaces: WorkspacesInReach,
  invitedBy: Person,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  status: z.enum(['open', 'expired']),
})
export type Invitation = z.infer<typeof Invitation>

/** `link` carries its secret behind the `#`, so that it reaches no server log. */
export const CreatedInvitation = Invitation.extend({ link: z.string() })

export const CreateInvitation = z.strictObject({ email: Email, ...GRANT, ...PROOF_FIELD }).superRefine(refuseBadGrant)

const InvitationParams = z.object({ id: IdParam })

export const listInvitations = endpoint({
  id: 'invitationList',
  method: 'GET',
  path: '/api:console/invitations',
  scope: 'session',
  role: 'admin',
  query: CursorQuery,
  reply: cursorPage(Invitation),
})

/** For the roles admin and owner it needs a proof or a fresh sign-in. */
export const createInvitation = endpoint({
  id: 'invitationCreate',
  method: 'POST',
  path: '/api:console/invitations',
  scope: 'session',
  role: 'admin',
  bodyLimitBytes: 65_536,
  changes: ['members'],
  body: CreateInvitation,
  reply: CreatedInvitation,
  status: 201,
})

/** A new link in place of the old one, valid for another seven days. As for a new one, admins and owners need a proof. */
export const resendInvitation = endpoint({
  id: 'invitationResend',
  method: 'POST',
  path: '/api:console/invitations/{id}/resend',
  scope: 'session',
  role: 'admin',
  changes: ['members'],
  params: InvitationParams,
  bodyLimitBytes: 16_384,
  bodyOptional: true,
  body: Proof,
  reply: CreatedInvitation,
})

export const revokeInvitation = endpoint({
  id: 'invitationRevoke',
  method: 'DELETE',
  path: '/api:console/invitations/{id}',
  scope: 'session',
  role: 'admin',
  changes: ['members'],
  params: InvitationParams,
  reply: z.null(),
})

const InvitationToken = z.string().min(1, 'Open the link of your invitation').max(200)

/** What the page of an invitation shows. A POST, so that the secret is in no address. */
export const lookAtInvitation = endpoint({
  id: 'invitationLook',
  method: 'POST',
  path: '/api:console/invitations/look',
  scope: 'public',
  audited: false,
  bodyLimitBytes: 16_384,
  body: z.strictObject({ token: InvitationToken }),
  reply: z.object({ email: z.string(), role: Role, invitedBy: z.string(), expiresAt: z.iso.datetime() }),
})

/** Makes the account, uses the invitation up and signs in, or says what the second step is, as sign-in does. */
export const acceptInvitation = endpoint({
  id: 'invitationAccept',
  method: 'POST',
  path: '/api:console/invitations/accept',
  scope: 'public',
  bodyLimitBytes: 16_384,
  changes: ['members'],
  body: z.strictObject({ token: InvitationToken, name: DisplayName, password: NewPassword }),
  reply: z.union([Session, SignInStep]),
  status: 201,
})
