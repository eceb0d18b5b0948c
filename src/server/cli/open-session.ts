import type { Session } from './session.ts'

/**
 * The server at `METADECK_URL`, else the data of this machine. Throws `StartError`, or exit code 2. What each needs is
 * loaded only then: the whole server is in the second.
 */
export async function openSession(env: Record<string, string | undefined>): Promise<Session> {
  const url = env['METADECK_URL']?.trim() ?? ''
  if (url !== '') return (await import('./open-remote.ts')).openRemote(url, env)
  return (await import('./open-local.ts')).openLocal(env)
}
