import { ARCHIVE_ENDING } from './format.ts'

/** `Shop 2` at 2026-11-21 05:40 UTC → `Shop-2-20261121-0540.xano`: letters, digits and hyphens only. */
export function archiveFileName(workspace: string, at: Date): string {
  const readable = workspace
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const stamp = at.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${readable === '' ? 'workspace' : readable.slice(0, 80)}-${stamp}${ARCHIVE_ENDING}`
}
