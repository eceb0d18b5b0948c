import type { Vault } from '../../vault.ts'

/** How long a link to a private file is good where nobody says otherwise. */
export const LINK_SECONDS = 900

/** Told apart from everything else that is sealed under the master key. */
const PURPOSE = 'file link'

/**
 * The query of a link to a private file, `?expires=<epoch seconds>&signature=<text>`. The signature is what it vouches
 * for, sealed under the master key (AES-GCM): every process can check it, nobody else can make one.
 */
export function signedQuery(vault: Vault, path: string, now: Date, seconds = LINK_SECONDS): string {
  const expires = Math.floor(now.getTime() / 1_000) + seconds
  const signature = Buffer.from(vault.seal(claim(path, String(expires))), 'base64').toString('base64url')
  return `?expires=${expires}&signature=${signature}`
}

/** True for a signature made here, for this path and this end, that has not come yet. */
export function isSigned(
  vault: Vault,
  path: string,
  query: { expires?: unknown; signature?: unknown },
  now: Date,
): boolean {
  const { expires, signature } = query
  if (typeof expires !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(expires)) return false
  return now.getTime() < Number(expires) * 1_000 && opened(vault, signature) === claim(path, expires)
}

function claim(path: string, expires: string): string {
  return `${PURPOSE}\n${path}\n${expires}`
}

function opened(vault: Vault, signature: string): string | undefined {
  try {
    return vault.open(Buffer.from(signature, 'base64url').toString('base64'))
  } catch {
    return undefined
  }
}
