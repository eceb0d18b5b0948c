import { readFile } from 'node:fs/promises'

import { wrongUsage } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * The password: the first line of `--password-file`, else `METADECK_BACKUP_PASSWORD`, else none (empty). Throws exit
 * code 2 for a file that cannot be read or holds none: an archive must not stay open for anybody by mistake.
 */
export async function readPassword(file: string | undefined, { env, pathOf }: Surroundings): Promise<string> {
  if (file === undefined) return env['METADECK_BACKUP_PASSWORD'] ?? ''
  let text: string
  try {
    text = await readFile(pathOf(file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw wrongUsage(`The password file ${file} cannot be read (${code ?? 'unknown reason'}).`)
  }
  const password = text.replace(/^\u{FEFF}/u, '').split(/\r?\n/, 1)[0] ?? ''
  if (password === '') throw wrongUsage(`The password file ${file} has no password in its first line.`)
  return password
}
