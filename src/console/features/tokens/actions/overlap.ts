/** How long both tokens of a rotation work, in seconds. */
export const OVERLAPS = [
  { value: '0', label: 'Not at all' },
  { value: '3600', label: '1 h' },
  { value: '86400', label: '24 h' },
  { value: '604800', label: '7 d' },
] as const
export type Overlap = (typeof OVERLAPS)[number]['value']

/** What the choice means, in a sentence. */
export function overlapWords(overlap: Overlap, expiresAt: string | null, now: Date): string {
  if (overlap === '0') return 'The old token is revoked at once: programs are refused until they have the new one.'
  const end = now.getTime() + Number(overlap) * 1_000
  if (expiresAt !== null && Date.parse(expiresAt) < end)
    return 'Both work until the old token expires, which is sooner than that.'
  const label = OVERLAPS.find(({ value }) => value === overlap)?.label ?? ''
  return `Both work for ${label}; then the old one is refused. Put the new one into your programs before.`
}
