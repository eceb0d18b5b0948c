import type { ContentProof, Verification } from '#api/contract/backups.ts'

/** The newest reading that proved the contents: this one, or the one that it remembers. Null where there was none. */
export function contentProofOf(verification: Verification | null): ContentProof | null {
  if (verification === null) return null
  const { status, depth, at, ms, rows, bytes } = verification
  if (status === 'proven' && depth === 'content') return { at, ms, rows, bytes }
  return verification.content ?? null
}

/** A verification of which nothing is done yet. */
export function begunVerification(
  before: Verification | null,
  depth: Verification['depth'],
  now: Date,
): Verification & { status: 'running' } {
  const content = contentProofOf(before)
  return { status: 'running', depth, at: now.toISOString(), ms: null, rows: 0, bytes: 0, failure: null, content }
}
