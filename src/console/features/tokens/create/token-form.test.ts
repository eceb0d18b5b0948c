import { describe, expect, it } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { DEFAULT_TOKEN_POLICY, type TokenPolicy } from '#api/contract/token-policy.ts'
import { CreateToken, type Token } from '#api/contract/tokens.ts'
import { PRESETS } from '#console/scopes/presets.ts'

import { tokenWith } from '../token-fixture.ts'
import { choiceLife, endWords, expiryChips, longestChoice, usualChoice } from './expiry-choices.ts'
import { isSuggestion, suggestName } from './name-suggestion.ts'
import { toCreateToken, type TokenForm, tokenFormFor } from './token-form.ts'
import { copyStart, newStart, type StartInput } from './token-start.ts'

const now = new Date()
const day = 86_400
const policy = (change: Partial<TokenPolicy> = {}): TokenPolicy => ({
  ...DEFAULT_TOKEN_POLICY,
  asksNeverReason: false,
  ...change,
})
const input = (change: Partial<StartInput> = {}): StartInput => ({
  policy: policy(),
  mine: { scopes: ALL_SCOPES, workspaces: 'all' },
  workspaceIds: [1, 2],
  preset: null,
  now,
  ...change,
})
const form = (change: Partial<TokenForm> = {}): TokenForm => ({ ...newStart(input()), name: 'reader', ...change })
const problems = (values: TokenForm, rules = policy()): string[] =>
  (tokenFormFor(rules).safeParse(values).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('how long a token lives', () => {
  it('begins with the default of the policy, which has a chip of its own where no other stands for it', () => {
    expect(usualChoice(policy())).toBe('7d')
    const rare = policy({ defaultLifeSeconds: 3 * day })
    expect(usualChoice(rare)).toBe('usual')
    expect(expiryChips(rare).map(({ label }) => label)).toEqual([
      '1 h',
      '1 d',
      '3 d',
      '7 d',
      '30 d',
      '90 d',
      '1 y',
      'Date',
    ])
    expect(choiceLife('usual', '', rare, now)).toEqual({ seconds: 3 * day })
  })

  it('promises only the warnings that come in a life of its length', () => {
    const warned = (seconds: number) => /warns (.*) before/.exec(endWords({ seconds }, now))?.[1]
    expect([1, 7, 30, 90].map((days) => warned(days * day))).toEqual([
      undefined,
      '1 day',
      '14, 7 and 1 days',
      '14, 7 and 1 days',
    ])
    expect(endWords({ seconds: day }, now)).toMatch(/without a warning before/)
    expect(endWords({ seconds: null }, now)).toBe('Works until somebody revokes it.')
  })

  it('is never longer than the policy allows, by chip, by date or by "never"', () => {
    const strict = policy({ maxLifeSeconds: 30 * day, allowsNever: false })
    expect(
      expiryChips(strict)
        .filter(({ disabled }) => disabled)
        .map(({ value }) => value),
    ).toEqual(['90d', '1y'])
    expect([longestChoice(strict, '90d'), longestChoice(policy(), '90d')]).toEqual(['30d', '90d'])
    const far = new Date(now.getTime() + 60 * day * 1_000).toISOString()
    expect(problems(form({ expiry: '90d' }), strict)).toEqual(['expiry'])
    expect(problems(form({ expiry: 'date', date: far }), strict)).toEqual(['date'])
    expect(problems(form({ expiry: 'never' }), strict)).toEqual(['expiry'])
    expect(problems(form({ expiry: '30d' }), strict)).toEqual([])
  })

  it('has no end without a reason only where the policy asks for none', () => {
    const asks = policy({ asksNeverReason: true })
    expect(problems(form({ expiry: 'never' }))).toEqual([])
    expect(problems(form({ expiry: 'never' }), asks)).toEqual(['neverReason'])
    expect(problems(form({ expiry: 'never', neverReason: 'short' }))).toEqual(['neverReason'])
    expect(problems(form({ expiry: 'never', neverReason: 'A device in the field' }), asks)).toEqual([])
  })
})

describe('the form', () => {
  it('names the entry that is no address', () => {
    expect(problems(form({ allowedIps: ['10.0.0.1', 'nowhere'] }))).toEqual(['allowedIps.1'])
  })

  it('asks for a workspace where some are to be chosen, and for a scope', () => {
    expect(problems(form({ reach: 'chosen' }))).toEqual(['workspaces'])
    expect(problems(form({ scopes: {} }))).toEqual(['scopes'])
  })

  it('sends what the contract takes, and a reason only with "never"', () => {
    const sent = toCreateToken(
      form({ reach: 'chosen', workspaces: ['2'], allowedIps: ['10.0.0.0/8'], neverReason: 'A device in the field' }),
      policy(),
      now,
    )
    expect(CreateToken.parse(sent)).toMatchObject({
      workspaces: [2],
      allowedIps: ['10.0.0.0/8'],
      expiresInSeconds: 7 * day,
    })
    expect(sent).not.toHaveProperty('neverReason')
    expect(toCreateToken(form({ expiry: 'never', neverReason: ' A device ' }), policy(), now)).toMatchObject({
      expiresInSeconds: null,
      neverReason: 'A device',
    })
    expect(toCreateToken(form(), policy(), now)).not.toHaveProperty('allowedIps')
  })
})

describe('where the form begins', () => {
  it('is ready to send for a nightly backup, and outlives the week', () => {
    const start = newStart(input({ preset: 'backup' }))
    expect(start).toMatchObject({ expiry: '90d', scopes: PRESETS.backup.scopes, reach: 'all' })
    expect(start.name).toMatch(/^nightly-backup-\d{4}-\d{2}$/)
    expect(problems(start)).toEqual([])
  })

  it('grants no more than its maker holds, and takes the one workspace they reach', () => {
    const mine = { scopes: { 'workspace:database': 'r' }, workspaces: [2] }
    expect(newStart(input({ mine, workspaceIds: [2] }))).toMatchObject({
      scopes: { 'workspace:database': 'r' },
      reach: 'chosen',
      workspaces: ['2'],
    })
  })

  it('suggests a name only where nobody typed one', () => {
    expect(isSuggestion(suggestName('ci', now))).toBe(true)
    expect([isSuggestion('  '), isSuggestion('nightly-backup'), isSuggestion('mine')]).toEqual([true, false, false])
  })
})

describe('a copy of a token', () => {
  const created = new Date(now.getTime() - 5 * day * 1_000)
  const token = (change: Partial<Token> = {}): Token =>
    tokenWith(7, {
      name: 'ci',
      scopes: { 'workspace:database': 'crud', 'workspace:api': 'r' },
      workspaces: [1, 9],
      allowedIps: ['10.0.0.0/8'],
      createdAt: created.toISOString(),
      expiresAt: new Date(created.getTime() + 30 * day * 1_000).toISOString(),
      ...change,
    })

  it('has its grant, addresses and life, and says which workspaces are gone', () => {
    const { start, leftOut } = copyStart(token(), input())
    expect(start).toMatchObject({
      name: 'ci copy',
      expiry: '30d',
      scopes: token().scopes,
      reach: 'chosen',
      workspaces: ['1'],
      allowedIps: ['10.0.0.0/8'],
    })
    expect(leftOut).toEqual([expect.stringContaining('workspaces')])
  })

  it('has the shortest life that can be chosen where the other one lived for seconds', () => {
    const minute = token({ expiresAt: new Date(created.getTime() + 60_000).toISOString() })
    expect(copyStart(minute, input()).start).toMatchObject({ expiry: '1h', date: '' })
    expect(
      copyStart(minute, input({ policy: policy({ maxLifeSeconds: 1_800, defaultLifeSeconds: 1_800 }) })).start,
    ).toMatchObject({
      expiry: 'usual',
    })
  })

  it('takes the name of one that is no more', () => {
    expect(copyStart(token({ status: 'revoked' }), input()).start.name).toBe('ci')
    expect(copyStart(token({ name: 'x'.repeat(200) }), input()).start.name).toHaveLength(200)
  })

  it('keeps a life that has no chip as a date, and shortens one that the policy allows no more', () => {
    const twoDays = new Date(created.getTime() + 2 * day * 1_000).toISOString()
    expect(copyStart(token({ expiresAt: twoDays }), input()).start.expiry).toBe('date')
    const usual = policy({ defaultLifeSeconds: 2 * day })
    expect(copyStart(token({ expiresAt: twoDays }), input({ policy: usual })).start.expiry).toBe('usual')
    const strict = policy({ maxLifeSeconds: 7 * day, allowsNever: false })
    expect(copyStart(token(), input({ policy: strict })).start.expiry).toBe('7d')
    expect(copyStart(token({ expiresAt: null }), input({ policy: strict })).start.expiry).toBe('7d')
    expect(copyStart(token({ expiresAt: null, neverReason: 'A device' }), input()).start).toMatchObject({
      expiry: 'never',
      neverReason: 'A device',
    })
  })

  it('leaves out what whoever copies does not hold, and says so', () => {
    const mine = { scopes: { 'workspace:database': 'r' }, workspaces: [1] }
    const { start, leftOut } = copyStart(token({ workspaces: 'all' }), input({ mine }))
    expect(start).toMatchObject({ scopes: { 'workspace:database': 'r' }, reach: 'chosen', workspaces: [] })
    expect(leftOut).toHaveLength(2)
  })
})
