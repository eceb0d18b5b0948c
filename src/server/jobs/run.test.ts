import { describe, expect, it } from 'vitest'

import { AppError } from '../errors.ts'
import { createVault } from '../vault.ts'
import { failureOf, isFinal, nextAttemptAt, openPassword, RETRY_DELAY_MAX_SECONDS } from './run.ts'

function withCode(code: string): Error {
  return Object.assign(new Error('secret detail'), { code })
}

describe('failures of jobs', () => {
  it.each([
    ['ENOSPC', 'disk_full'],
    ['53100', 'disk_full'],
    ['57P01', 'connection_lost'],
    ['08006', 'connection_lost'],
    ['ECONNREFUSED', 'connection_lost'],
    ['ENOENT', 'store_unusable'],
    ['EIO', 'store_unusable'],
    ['XX000', 'internal'],
  ])('%s is told as %s, without what the system said', (code, told) => {
    const failure = failureOf(withCode(code))
    expect(failure.code).toBe(told)
    expect(failure.message).not.toContain('secret detail')
    expect(isFinal(withCode(code))).toBe(false)
  })

  it('a lost connection is recognised without a code too', () => {
    expect(failureOf(new Error('Connection terminated unexpectedly')).code).toBe('connection_lost')
    expect(failureOf('thrown text').code).toBe('internal')
  })

  it('what was refused is final, what is away is not', () => {
    expect(isFinal(new AppError('bad_archive', 'x'))).toBe(true)
    expect(isFinal(new AppError('not_ready', 'x'))).toBe(false)
  })

  it('attempts are made ever less often, up to a limit', () => {
    const now = new Date('2026-01-01T00:00:00Z')
    const seconds = [1, 2, 3, 9, 30].map(
      (attempt) => (nextAttemptAt({ attempt }, now).getTime() - now.getTime()) / 1_000,
    )
    expect(seconds).toEqual([4, 8, 16, RETRY_DELAY_MAX_SECONDS, RETRY_DELAY_MAX_SECONDS])
  })

  it('a password sealed under another master key is a final failure that says so', () => {
    const [here, there] = [createVault(Buffer.alloc(32, 1)), createVault(Buffer.alloc(32, 2))]
    expect(openPassword({ vault: here }, here.seal('p'))).toBe('p')
    expect(openPassword({ vault: here }, null)).toBe('')
    const open = (): string => openPassword({ vault: here }, there.seal('p'))
    expect(open).toThrow(/another master key/)
    expect(open).toThrow(AppError)
  })
})
