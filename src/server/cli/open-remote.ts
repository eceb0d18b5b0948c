import { Readable } from 'node:stream'

import { createCall } from '#api/client/call.ts'
import { downloadBackup } from '#api/contract/backups.ts'

import { CliError, EXIT, wrongUsage } from './exit-code.ts'
import type { Session } from './session.ts'

/** A server over HTTP, with the token of `METADECK_TOKEN`. */
export function openRemote(url: string, env: Record<string, string | undefined>): Session {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw wrongUsage('METADECK_URL must be an http or https address.')
  const token = env['METADECK_TOKEN']?.trim() ?? ''
  if (token === '') throw wrongUsage('METADECK_URL is set and METADECK_TOKEN is not: set it to an access token.')
  const call = createCall({
    base: url.replace(/\/+$/, ''),
    fetch: (input, init) => fetch(input, init),
    headers: { authorization: `Bearer ${token}` },
  })
  return {
    call,
    async download(id) {
      const { body } = (await call(downloadBackup, { params: { id } })) as Response
      if (body === null) throw new CliError(EXIT.failed, 'bad_reply', 'The server answered a download without bytes.')
      return Readable.fromWeb(body)
    },
    work: () => Promise.resolve(),
    patienceMs: Number.POSITIVE_INFINITY,
    close: () => Promise.resolve(),
  }
}
