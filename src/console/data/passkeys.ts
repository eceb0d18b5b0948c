import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import * as contract from '#api/contract/passkeys.ts'

import { type ProofInput, refreshSecondFactor } from './second-factor.ts'
import { beginSession } from './session.ts'

/** Fetched when a passkey is really used. */
const library = () => import('@simplewebauthn/browser')

/** The extensions' results as the object without known members that the contract takes. */
function plain<Credential extends { clientExtensionResults: object }>(credential: Credential) {
  return { ...credential, clientExtensionResults: { ...credential.clientExtensionResults } as Record<string, unknown> }
}

/** Asks the browser for a passkey. `inForm` waits for one to be picked from the list of an input instead of asking at once. */
async function assertion(options: unknown, inForm = false) {
  const { startAuthentication } = await library()
  // The contract passes the options on as they are; their shape is the library's own.
  return plain(
    await startAuthentication({
      optionsJSON: options as PublicKeyCredentialRequestOptionsJSON,
      useBrowserAutofill: inForm,
    }),
  )
}

/** The request that counts: the browser takes one at a time, and the server's challenge is for the last one asked for. */
let latest = 0
let challenge: Promise<unknown> = Promise.resolve()

/** A challenge that no other one replaces while it is under way; rejects with an `AbortError` where somebody wants another. */
async function signInOptions() {
  latest += 1
  const mine = latest
  await challenge.catch(() => undefined)
  const asked = call(contract.startPasskeySignIn)
  challenge = asked
  const { options } = await asked
  if (mine !== latest) throw new DOMException('Another request took its place', 'AbortError')
  return options
}

async function signIn(inForm: boolean) {
  const options = await signInOptions()
  return call(contract.signInByPasskey, { body: { response: await assertion(options, inForm) } })
}

async function takeStep() {
  const { options } = await call(contract.startPasskeyStep)
  return call(contract.finishPasskeyStep, { body: { response: await assertion(options) } })
}

/** Only the part up to the browser's answer needs the proof; a name alone is asked for before. */
async function add({ name, proof }: { name: string; proof: ProofInput }) {
  const { options } = await call(contract.startPasskey, { body: proof })
  const { startRegistration } = await library()
  const response = plain(
    await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
  )
  return call(contract.createPasskey, { body: { name, response } })
}

/** Takes back a request that the browser still waits for an answer to. */
export async function cancelPasskeyRequest(): Promise<void> {
  latest += 1
  const { WebAuthnAbortService } = await library()
  WebAuthnAbortService.cancelCeremony()
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: passkeys.key }), refreshSecondFactor(client)])
}

/** Passkeys of the own account, and signing in by one. Failures of the browser are `WebAuthnError`s. */
export const passkeys = {
  key: ['passkeys'] as const,
  list: () =>
    queryOptions({
      queryKey: [...passkeys.key, 'list'],
      queryFn: ({ signal }) => call(contract.listPasskeys, { signal }),
    }),
  /** The answer may hold recovery codes, so it is dropped with the screen. */
  add: () =>
    mutationOptions({
      mutationFn: add,
      gcTime: 0,
      onSuccess: (_reply, _input, _result, { client }) => refresh(client),
    }),
  rename: (id: number) =>
    mutationOptions({
      mutationFn: (name: string) => call(contract.renamePasskey, { params: { id }, body: { name } }),
      onSettled: (_reply, _error, _name, _result, { client }) => client.invalidateQueries({ queryKey: passkeys.key }),
    }),
  remove: (id: number) =>
    mutationOptions({
      mutationFn: (proof: ProofInput) => call(contract.removePasskey, { params: { id }, body: proof }),
      gcTime: 0,
      onSuccess: (_reply, _proof, _result, { client }) => refresh(client),
    }),
  /** Instead of the password. */
  signIn: (place: 'button' | 'form') =>
    mutationOptions({
      mutationFn: () => signIn(place === 'form'),
      onSuccess: (signedIn, _input, _result, { client }) => beginSession(client, signedIn),
    }),
  /** After the password. */
  takeStep: () =>
    mutationOptions({
      mutationFn: takeStep,
      onSuccess: (signedIn, _input, _result, { client }) => beginSession(client, signedIn),
    }),
}
