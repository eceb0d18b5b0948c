import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { ApiError } from '#api/client/api-error.ts'
import { call } from '#api/client/call.ts'
import * as contract from '#api/contract/second-factor.ts'

import { beginSession, session } from './session.ts'

/** What a person shows to prove who they are; empty for a first try, which a fresh sign-in lets pass. */
export type ProofInput = z.input<typeof contract.Proof>

/** Whether the server wants to see who is there before it does this. */
export function asksForProof(error: unknown): boolean {
  return error instanceof ApiError && error.payload?.reason === 'proof_required'
}

/** Whether it failed for the proof that was shown, or for too many of them: another one may do. */
export function refusesProof(error: unknown): boolean {
  return error instanceof ApiError && (error.payload?.reason === 'wrong_proof' || error.code === 'too_many_requests')
}

/** The second step of the own account: authenticator app and recovery codes. Their secrets are dropped with the screen. */
export const secondFactor = {
  key: ['second-factor'] as const,
  state: () =>
    queryOptions({
      queryKey: [...secondFactor.key, 'state'],
      queryFn: ({ signal }) => call(contract.getSecondFactor, { signal }),
    }),
  startTotp: () =>
    mutationOptions({
      mutationFn: (proof: ProofInput) => call(contract.startTotp, { body: proof }),
      gcTime: 0,
    }),
  confirmTotp: () =>
    mutationOptions({
      mutationFn: (code: string) => call(contract.confirmTotp, { body: { code } }),
      gcTime: 0,
      onSuccess: (_reply, _code, _result, { client }) => refreshSecondFactor(client),
    }),
  removeTotp: () =>
    mutationOptions({
      mutationFn: (proof: ProofInput) => call(contract.removeTotp, { body: proof }),
      gcTime: 0,
      onSuccess: (_state, _proof, _result, { client }) => refreshSecondFactor(client),
    }),
  createRecoveryCodes: () =>
    mutationOptions({
      mutationFn: (proof: ProofInput) => call(contract.createRecoveryCodes, { body: proof }),
      gcTime: 0,
      onSuccess: (_reply, _proof, _result, { client }) => refreshSecondFactor(client),
    }),
}

/** The state itself, and the sessions, which end when an account gets its first second step. */
export async function refreshSecondFactor(client: QueryClient): Promise<void> {
  await Promise.all([secondFactor.key, ['sessions']].map((queryKey) => client.invalidateQueries({ queryKey })))
}

/** The client tells the two bodies apart, not their union. */
function finishSignIn(body: z.input<typeof contract.finishSignIn.body>) {
  return 'code' in body ? call(contract.finishSignIn, { body }) : call(contract.finishSignIn, { body })
}

/** The second half of a sign-in whose first step was right. */
export const signInStep = {
  /** 401 where no sign-in has begun in this browser, or it is over. */
  current: () =>
    queryOptions({
      queryKey: session.stepKey,
      queryFn: ({ signal }) => call(contract.getSignInStep, { signal }),
    }),
  finish: () =>
    mutationOptions({
      mutationFn: finishSignIn,
      gcTime: 0,
      onSuccess: (signedIn, _body, _result, { client }) => beginSession(client, signedIn),
    }),
  startTotp: () => mutationOptions({ mutationFn: () => call(contract.startTotpAtSignIn), gcTime: 0 }),
  confirmTotp: () =>
    mutationOptions({
      mutationFn: (code: string) => call(contract.confirmTotpAtSignIn, { body: { code } }),
      gcTime: 0,
      onSuccess: (reply, _code, _result, { client }) => beginSession(client, reply.session),
    }),
}
