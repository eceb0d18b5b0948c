import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { ALL_SCOPES, parseScopeKey, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'

import { newAccessToken } from '../credentials.ts'
import {
  plantSessions,
  plantTokens,
  plantUsers,
  type SessionSeed,
  type TokenSeed,
  type UserSeed,
} from '../testing/callers.ts'
import { harmlessBody, harmlessUrl, type Served, watchRoutes } from '../testing/operations.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

/** Operations that everybody may call. A new one is let in only when it is written here, too. */
const PUBLIC = new Set(
  'healthz readyz setupGet setupComplete sessionCreate sessionDelete apispecGet signInMethods signInStepGet signInStepFinish signInTotpStart signInTotpConfirm signInPasskeyStart signInPasskeyFinish passkeySignInStart passkeySignIn oidcStart oidcFinish invitationLook invitationAccept recoveryLook recoveryFinish'.split(
    ' ',
  ),
)
/** Of those, what asks for the ticket of a sign-in that was begun. */
const OWN_TICKET = new Set(['signInStepGet', 'signInTotpStart', 'signInPasskeyStart'])
const words = (text: string): Set<string> => new Set(text.split(/\s+/))
/** What a token without any scope may call: it tells of the caller, or only what that one reaches. */
const ANY = words('auditExport auditList auditLogList auditLogSearch authMe instanceGet instanceList workspaceList')
/** What only owners may do, whatever they hold: how people sign in. */
const OWNERS = words(
  `memberSecondFactorReset oidcProviderCreate oidcProviderDelete oidcProviderList oidcProviderTest oidcProviderUpdate
  sessionPolicyUpdate signInPolicyPut`,
)
/** What only owners and admins may do. */
const ADMINS = words(
  `auditHead auditVerify channelCreate channelDelete channelList channelTest channelUpdate deliveryList
  invitationCreate invitationList invitationResend invitationRevoke memberCreate memberDelete memberGet memberList
  memberUpdate sampleCreate sessionPolicyGet targetCreate targetDelete targetTest targetTry targetUpdate tokenPolicyPut`,
)
/** What of the console tokens may do, too, by the scope; all else there is for people. */
const CONSOLE_BY_SCOPE: Record<string, Set<string>> = {
  'workspace:log:read': words('auditHead auditVerify'),
  'instance:workspace:create': words(
    `backupDrill backupDrillCancel backupUpload scheduleCreate targetCreate uploadChunk uploadComplete uploadCreate
    uploadDelete uploadGet uploadList`,
  ),
  // To make an archive is to read; what it is written over is asked for by the operation itself.
  'instance:workspace:read': words(
    `backupCancel backupCreate backupDiff backupDownload backupGet backupList backupVerify backupVerifyCancel
    protectionList restoreGet restoreList restorePreview scheduleGet scheduleList schedulePreview scheduleRun targetGet
    targetList`,
  ),
  'instance:workspace:update': words(
    `backupUpdate restoreCancel restoreCreate restoreUndo schedulePasswordProve schedulePause scheduleUpdate targetTest
    targetTry targetUpdate`,
  ),
  'instance:workspace:delete': words('backupDelete scheduleDelete targetDelete'),
}
/** What is served and is no operation: pages and files that tell nothing, and what looks at its own ticket or link. */
const NO_OPERATION =
  /^[A-Z,]+ (\/vault\/\*|\/apispec:meta|\/api:meta\/?|\/api:meta\/reference\/[\w.-]+|\/api:console\/events)$/
/** A workspace that a token may be limited to; none of the requests is about it. */
const ANOTHER_WORKSPACE = 1
const PAST = new Date('2020-01-01')

let test$: TestApp
let served: Served
let ownerId: number
let memberId: number
let goneId: number
/** One owner for each operation: what one does to its sessions touches none of the others. */
let ownerIds: number[]

beforeAll(async () => {
  ;({ built: test$, served } = await watchRoutes(createTestApp))
  const { database } = test$
  ownerId = (await database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()).id
  memberId = await plantOne({ role: 'member', scopes: {} })
  goneId = await plantOne({ role: 'admin', disabled_at: PAST })
  ownerIds = await plantUsers(database, served.endpoints.length, { role: 'owner' })
})
afterAll(() => test$.close())

const plantOne = async (seed: UserSeed): Promise<number> => (await plantUsers(test$.database, 1, seed))[0] ?? 0

/** What the guard answers; everything else means that the caller was let in. */
type Answer = 401 | 403 | 'in'

const isScope = (scope: Endpoint['scope']): scope is ScopeKey => scope.includes(':')
const isPublic = ({ scope }: Endpoint): boolean => scope === 'public'

/** The scopes that the operation asks for, and no other. */
function exactScopes({ scope, dataSource }: Endpoint): Scopes {
  if (!isScope(scope)) return {}
  const { name, letter } = parseScopeKey(scope)
  return dataSource ? { [name]: letter, 'workspace:livedatasource': letter } : { [name]: letter }
}

/** Every scope but this one. */
function withoutScope(name: string, letter: string): Scopes {
  return Object.fromEntries(
    Object.entries(ALL_SCOPES).map(([key, letters]) => [key, key === name ? letters.replace(letter, '') : letters]),
  )
}

/** Asks every operation once, each with headers of its own, and tells which answers are others than expected. */
async function surprises(
  headers: readonly Record<string, string>[],
  expected: (endpoint: Endpoint) => Answer | null,
  says?: (endpoint: Endpoint) => string,
): Promise<string[]> {
  const found: string[] = []
  const ask = async (endpoint: Endpoint, at: number): Promise<void> => {
    const wanted = expected(endpoint)
    if (wanted === null) return
    const body = harmlessBody(endpoint)
    const reply = await test$.app.inject({
      method: endpoint.method,
      url: harmlessUrl(endpoint),
      headers: { ...body.headers, ...headers[at] },
      ...(body.payload === undefined ? {} : { payload: body.payload }),
    } satisfies InjectOptions)
    const got = reply.statusCode === 401 || reply.statusCode === 403 ? reply.statusCode : 'in'
    if (got !== wanted) found.push(`${endpoint.id}: ${got} in place of ${wanted}, ${reply.body.slice(0, 200)}`)
    if (got === 403 && says !== undefined && !reply.body.includes(says(endpoint))) {
      found.push(`${endpoint.id}: does not say why, ${reply.body.slice(0, 200)}`)
    }
    if (reply.statusCode >= 500) found.push(`${endpoint.id}: ${reply.statusCode} ${reply.body.slice(0, 200)}`)
  }
  const waiting = [...served.endpoints.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await ask(next[1], next[0])
  }
  await Promise.all(Array.from({ length: 6 }, work))
  return found.slice(0, 20)
}

const tokens = (seed: (endpoint: Endpoint) => TokenSeed, userId = ownerId) =>
  plantTokens(test$.database, userId, served.endpoints.map(seed))
/** A session for each operation, each of another person. */
const sessions = (userIds: readonly number[], seed: Omit<SessionSeed, 'userId'> = {}) =>
  plantSessions(
    test$.database,
    userIds.map((userId) => ({ ...seed, userId })),
  )
const same = (headers: Record<string, string>) => served.endpoints.map(() => headers)

describe('what is served', () => {
  test('every operation declares who may call it, and what is open to everybody is known', () => {
    expect(served.endpoints.length).toBeGreaterThan(200)
    const undeclared = served.endpoints.filter(
      ({ scope }) => !isScope(scope) && !['any', 'session', 'public'].includes(scope),
    )
    expect(undeclared).toEqual([])
    expect(new Set(served.endpoints.filter(isPublic).map(({ id }) => id))).toEqual(PUBLIC)
    for (const { scope } of served.endpoints) if (isScope(scope)) parseScopeKey(scope)
  })

  test('what asks for less than a scope, and what for a role, is known: a declaration that is loosened is found', () => {
    const idsOf = (isMeant: (endpoint: Endpoint) => boolean): Set<string> =>
      new Set(served.endpoints.filter(isMeant).map(({ id }) => id))
    expect(idsOf(({ scope }) => scope === 'any')).toEqual(ANY)
    expect(idsOf(({ role }) => role === 'owner')).toEqual(OWNERS)
    expect(idsOf(({ role }) => role === 'admin')).toEqual(ADMINS)
    const ofConsole = served.endpoints.filter(({ path, scope }) => path.startsWith('/api:console/') && isScope(scope))
    const byScope = Map.groupBy(ofConsole, ({ scope }) => scope)
    const ids = [...byScope].map(([scope, endpoints]) => [scope, new Set(endpoints.map(({ id }) => id))])
    expect(Object.fromEntries(ids)).toEqual(CONSOLE_BY_SCOPE)
  })

  test('nothing is served past the guard but pages, files and what looks at its own ticket', () => {
    expect(served.others.filter((route) => !NO_OPERATION.test(route))).toEqual([])
  })

  test('whatever hands out an archive or a file leaves a record of who took it; what streams without is known', () => {
    const silent = served.endpoints.filter(({ replyKind, audited }) => replyKind === 'stream' && !audited)
    // A redirect, and text of definitions, which every reading of them answers.
    expect(silent.map(({ id }) => id).toSorted()).toEqual(['oidcStart', 'workspaceContext'])
  })

  test('ids and addresses are unique', () => {
    const ids = served.endpoints.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})

describe('credentials that are not good open nothing', () => {
  const nobody = (endpoint: Endpoint): Answer | null => (isPublic(endpoint) ? null : 401)

  test('none: what is open to everybody is open, and nothing else', async () => {
    const expected = (endpoint: Endpoint): Answer => (isPublic(endpoint) && !OWN_TICKET.has(endpoint.id) ? 'in' : 401)
    expect(await surprises(same({}), expected)).toEqual([])
  })

  test('none, by HEAD', async () => {
    const codes = await Promise.all(
      served.endpoints
        .filter((endpoint) => endpoint.method === 'GET' && !isPublic(endpoint))
        .map(async (endpoint) => (await test$.app.inject({ method: 'HEAD', url: harmlessUrl(endpoint) })).statusCode),
    )
    expect(codes.filter((code) => code !== 401)).toEqual([])
  })

  test('a token that this instance never made: another one’s, or a guess', async () => {
    expect(await surprises(same({ authorization: `Bearer ${newAccessToken()}` }), nobody)).toEqual([])
  })

  test.each([
    ['expired', { expires_at: PAST }],
    ['revoked', { revoked_at: PAST }],
    ['disabled', { disabled_at: PAST }],
  ] satisfies [string, TokenSeed][])('a token that is %s', async (_name, seed) => {
    expect(await surprises(await tokens(() => ({ scopes: ALL_SCOPES, ...seed })), nobody)).toEqual([])
  })

  test('a token whose maker’s account is disabled', async () => {
    expect(await surprises(await tokens(() => ({ scopes: ALL_SCOPES }), goneId), nobody)).toEqual([])
  })

  test('a token from an address that it does not allow', async () => {
    const headers = await tokens(() => ({ scopes: ALL_SCOPES, allowed_ips: ['198.51.100.0/24', '2001:db8::/32'] }))
    expect(await surprises(headers, (endpoint) => (isPublic(endpoint) ? null : 403))).toEqual([])
  })

  test.each([
    ['of a guess', null],
    ['that is over', { expires_at: PAST }],
    ['that was idle for too long', { last_seen_at: PAST }],
  ])('a session %s', async (_name, seed) => {
    const headers = seed === null ? same({ cookie: 'metadeck_session=guess' }) : await sessions(ownerIds, seed)
    expect(await surprises(headers, nobody)).toEqual([])
  })

  test('a session of a disabled account', async () => {
    expect(await surprises(await sessions(ownerIds.map(() => goneId)), nobody)).toEqual([])
  })

  test('a good session beside a token that is not', async () => {
    const headers = await sessions(ownerIds)
    const authorization = `Bearer ${newAccessToken()}`
    expect(
      await surprises(
        headers.map((one) => ({ ...one, authorization })),
        nobody,
      ),
    ).toEqual([])
  })
})

describe('good credentials open what they are for, and nothing else', () => {
  /** Tokens never do what only people may. */
  const forToken = (inside: Answer) => (endpoint: Endpoint) =>
    isPublic(endpoint) ? null : endpoint.scope === 'session' ? 403 : inside

  test('a token with exactly the scope passes', async () => {
    expect(await surprises(await tokens((endpoint) => ({ scopes: exactScopes(endpoint) })), forToken('in'))).toEqual([])
  })

  test('a token with every scope but that one is refused, and told which', async () => {
    const headers = await tokens(({ scope }) => {
      const { name, letter } = isScope(scope) ? parseScopeKey(scope) : { name: '', letter: '' }
      return { scopes: withoutScope(name, letter) }
    })
    const expected = (endpoint: Endpoint): Answer | null => (isScope(endpoint.scope) ? 403 : null)
    expect(await surprises(headers, expected, ({ scope }) => scope)).toEqual([])
  })

  test('rows of the live data source need its letter, too', async () => {
    const headers = await tokens(({ scope }) => ({
      scopes: isScope(scope) ? withoutScope('workspace:livedatasource', parseScopeKey(scope).letter) : {},
    }))
    expect(served.endpoints.some(({ dataSource }) => dataSource)).toBe(true)
    expect(await surprises(headers, (endpoint) => (endpoint.dataSource ? 403 : null))).toEqual([])
    const other = headers.map((one) => ({ ...one, 'x-data-source': 'test' }))
    expect(await surprises(other, (endpoint) => (endpoint.dataSource ? 'in' : null))).toEqual([])
  })

  test('a token for another workspace is refused wherever the address names one', async () => {
    const headers = await tokens(() => ({ scopes: ALL_SCOPES, workspaces: [ANOTHER_WORKSPACE] }))
    const expected = (endpoint: Endpoint): Answer | null =>
      isScope(endpoint.scope) && endpoint.path.includes('{workspace_id}') ? 403 : null
    expect(await surprises(headers, expected)).toEqual([])
  })

  test('the owner’s session passes everywhere', async () => {
    expect(await surprises(await sessions(ownerIds), (endpoint) => (isPublic(endpoint) ? null : 'in'))).toEqual([])
  })

  test('a member without scopes is refused what needs one, and what needs a higher role', async () => {
    const expected = (endpoint: Endpoint): Answer | null => {
      if (isPublic(endpoint)) return null
      return isScope(endpoint.scope) || endpoint.role !== null ? 403 : 'in'
    }
    expect(
      await surprises(
        await sessions(await plantUsers(test$.database, served.endpoints.length, { role: 'member', scopes: {} })),
        expected,
      ),
    ).toEqual([])
  })

  test('a token is bounded by its maker: of a member without scopes it opens none', async () => {
    const headers = await tokens(() => ({ scopes: ALL_SCOPES }), memberId)
    expect(await surprises(headers, (endpoint) => (isScope(endpoint.scope) ? 403 : null))).toEqual([])
  })

  test('a session changes nothing for a page of another origin, on no operation', async () => {
    const headers = await sessions(ownerIds)
    const expected = ({ method }: Endpoint): Answer | null => (method === 'GET' ? null : 403)
    const foreign = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]
    const sent = headers.map((one, at) => ({ ...one, ...foreign[at % foreign.length] }))
    expect(await surprises(sent, expected)).toEqual([])
  })
})
