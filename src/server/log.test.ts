import { PassThrough } from 'node:stream'

import { expect, test } from 'vitest'

import { openLog } from './log.ts'

test('headers, and with them tokens and cookies, never reach the log, at any level', () => {
  const lines: string[] = []
  const out = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const log = openLog('trace', out)
  const headers = { authorization: 'Bearer mdk_secret', cookie: 'metadeck_session=secret' }
  log.trace({ busboyOptions: { headers }, headers, req: { headers } }, 'from a library')
  const failure = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(secret@example.com)',
  })
  log.error({ err: failure }, 'failed')
  expect(lines.join('')).toContain('duplicate key')
  expect(lines.join('')).not.toContain('secret')
})
