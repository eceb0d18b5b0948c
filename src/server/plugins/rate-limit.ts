import { createHash } from 'node:crypto'
import type { BlockList } from 'node:net'

import type {} from '@fastify/cookie'
import type {} from '@fastify/websocket'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'

import { getHealth, getReadiness } from '#api/contract/health.ts'

import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { isLoopback } from '../resources/oidc/guarded-fetch.ts'
import { SESSION_COOKIE } from '../resources/session/store.ts'
import { allowance, type Buckets, createBuckets, KEYS_MAX } from '../security/buckets.ts'
import { clientAddress } from '../security/client-address.ts'
import { addressGroup, parseNetworks, isWithin } from '../security/networks.ts'
import { forgetQuietUse, type SharedBuckets, shareUse } from '../security/share-buckets.ts'

type LimitDeps = Pick<Deps, 'config' | 'connection' | 'now' | 'log'>

/** How often busy processes tell each other what was used. */
const SHARE_EVERY_MS = 1_000
/** Every so many rounds, rows of quiet keys are cleared away. */
const FORGET_EVERY_ROUNDS = 300

const OPEN_PATHS: ReadonlySet<string> = new Set([getHealth.path, getReadiness.path])
const LOOPBACK = parseNetworks(['127.0.0.0/8', '::1'])

/**
 * Limits requests per token, per address, and, per address, with credentials that are refused (401). Counts lie in
 * memory, so that no request waits for them; several processes add theirs up once a second (`docs/decisions/0015`).
 * Register it before authentication: a token or an address over its limit costs no look-up. Who may only be guessing is
 * looked up first and refused by `refuseGuess`: guesses keep out nobody of the same address who has a good credential.
 * Not limited: health, static files, and programs of this very machine that come through no proxy. Behind a trusted proxy
 * it also makes `request.ip` the client's address.
 */
export function registerRateLimits(app: FastifyInstance, deps: LimitDeps): void {
  const books = openBooks(deps.config.rateLimits)
  const known = rememberKeys()
  const warnOfProxy = proxyWarning(deps.log)
  const servesOwnMachine = isOwnAddress(deps.config.publicUrl)
  app.decorateRequest('credentialPrint', null)
  app.decorateRequest('guessWaitMs', 0)
  app.addHook('onRequest', async (request) => {
    believeProxies(request, deps.config.trustedProxies)
    if (!isCounted(request) || (servesOwnMachine && isOwnMachine(request))) return
    if (isWithinLoopback(request.ip)) warnOfProxy()
    const nowMs = deps.now().getTime()
    const address = addressGroup(request.ip)
    refuse(request, 'address', books.address?.take(address, nowMs))
    const credential = credentialOf(request)
    if (credential === null) return
    request.credentialPrint = fingerprint(credential.secret)
    if (!known.has(request.credentialPrint)) request.guessWaitMs = books.refused?.waitMs(address, nowMs) ?? 0
    else if (credential.isToken) refuse(request, 'token', books.token?.take(request.credentialPrint, nowMs))
  })
  app.addHook('onResponse', async (request, reply) => {
    const print = request.credentialPrint
    if (print === null) return
    if (request.caller !== null) known.add(print)
    else if (reply.statusCode === 401) {
      known.delete(print)
      books.refused?.spend(addressGroup(request.ip), deps.now().getTime())
    }
  })
  shareRegularly(app, definedOf(books), deps)
}

type BookName = 'token' | 'address' | 'refused'
type Books = Record<BookName, Buckets | undefined>

function openBooks({ token, address, refused }: Record<BookName, number>): Books {
  const open = (perMinute: number): Buckets | undefined =>
    perMinute === 0 ? undefined : createBuckets(allowance(perMinute))
  return { token: open(token), address: open(address), refused: open(refused) }
}

function definedOf(books: Books): SharedBuckets {
  return Object.fromEntries(Object.entries(books).flatMap(([name, book]) => (book === undefined ? [] : [[name, book]])))
}

/** Only the address: a proxy that is trusted with it has no say in what this server is called. */
function believeProxies(request: FastifyRequest, trusted: BlockList | null): void {
  if (trusted === null) return
  const address = clientAddress(request.ip, request.headers, trusted)
  if (address !== request.ip) Object.defineProperty(request, 'ip', { value: address })
}

/** Operations and sockets; not health, and nothing that is served from a file or from memory. */
function isCounted(request: FastifyRequest): boolean {
  const { endpoint } = request.routeOptions.config
  return endpoint === undefined ? request.ws : !OPEN_PATHS.has(endpoint.path)
}

/**
 * True where nobody elsewhere is invited: then what comes from this machine is its own. With a public address there is a
 * proxy, perhaps on this machine, and one that says nothing of its clients looks like a program here.
 */
function isOwnAddress(publicUrl: string | undefined): boolean {
  return publicUrl === undefined || isLoopback(new URL(publicUrl))
}

/** What proxies say of whom they speak for. */
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/** A program of this machine that speaks for nobody else. */
function isOwnMachine({ ip, headers }: FastifyRequest): boolean {
  return isWithinLoopback(ip) && PROXY_HEADERS.every((name) => headers[name] === undefined)
}

function isWithinLoopback(address: string): boolean {
  return address === '127.0.0.1' || (LOOPBACK !== null && isWithin(LOOPBACK, address))
}

/** Null also where nothing depends on it: what everybody may call is not refused for a cookie that is over. */
function credentialOf(request: FastifyRequest): { secret: string; isToken: boolean } | null {
  if (request.routeOptions.config.endpoint?.scope === 'public') return null
  const { authorization } = request.headers
  // The token alone: other spaces and capitals around it do not make it another one.
  if (authorization !== undefined) return { secret: authorization.trim().split(/\s/).at(-1) ?? '', isToken: true }
  const cookie = request.cookies[SESSION_COOKIE]
  return cookie === undefined ? null : { secret: cookie, isToken: false }
}

/** Half of a SHA-256: enough to tell credentials apart, and nothing that can be used as one. */
function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 22)
}

const WORDS: Record<BookName, string> = {
  token: 'Too many requests with this access token.',
  address: 'Too many requests from this address.',
  refused: 'Too many requests from this address with credentials that are not valid.',
}

function refuse(request: FastifyRequest, name: BookName, waitMs: number | undefined): void {
  if (waitMs === undefined || waitMs === 0) return
  // Authentication, which gives each request its trail, will not come to this one.
  request.trail = {}
  throw overLimit(name, waitMs)
}

/**
 * Throws 429 in place of the 401 that a credential which is not valid would get, where its address sent too many of
 * those. Called once it was looked up: whoever is let in waits for nobody's guesses.
 */
export function refuseGuess({ guessWaitMs }: Pick<FastifyRequest, 'guessWaitMs'>): void {
  if (guessWaitMs > 0) throw overLimit('refused', guessWaitMs)
}

function overLimit(name: BookName, waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000)
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`
  return new AppError('too_many_requests', `${WORDS[name]} Wait ${wait}, then try again.`, {
    payload: { reason: `rate_limit_${name}` },
    retryAfterSeconds: seconds,
  })
}

/** Credentials that were good when they were last used: only these have a limit of their own. */
function rememberKeys(): Pick<Set<string>, 'has' | 'add' | 'delete'> {
  const keys = new Set<string>()
  return {
    has: (key) => keys.has(key),
    add(key) {
      const [first] = keys
      if (keys.size >= KEYS_MAX && first !== undefined) keys.delete(first)
      return keys.add(key)
    },
    delete: (key) => keys.delete(key),
  }
}

function proxyWarning(log: FastifyBaseLogger): () => void {
  let isSaid = false
  return () => {
    if (isSaid) return
    isSaid = true
    log.warn(
      'requests from this machine count as one address: a proxy here is to be named in TRUSTED_PROXIES and to send X-Forwarded-For',
    )
  }
}

function shareRegularly(app: FastifyInstance, books: SharedBuckets, { connection: { db }, now, log }: LimitDeps): void {
  let rounds = 0
  let isSharing = false
  const share = async (): Promise<void> => {
    await shareUse(db, books, now())
    rounds += 1
    if (rounds % FORGET_EVERY_ROUNDS === 0) await forgetQuietUse(db, now())
  }
  const timer = setInterval(() => {
    if (isSharing) return
    isSharing = true
    share()
      .catch((error: unknown) => log.debug({ err: error }, 'the use of rate limits could not be shared'))
      .finally(() => (isSharing = false))
  }, SHARE_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Tells the credential that was sent from others; null where none was sent or the request is not limited. */
    credentialPrint: string | null
    /** How long an address that guessed too often waits, should this credential be one more guess; 0 = not at all. */
    guessWaitMs: number
  }
}
