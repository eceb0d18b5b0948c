import type { Token } from '#api/contract/tokens.ts'

/** When the tokens of a test are looked at. */
export const NOW = new Date('2026-11-20T12:00:00Z')

/** So many days from then. */
export const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString()

/** A token as a test needs it, as many days old as its id says. */
export const tokenWith = (id: number, more: Partial<Token> = {}): Token => ({
  id,
  name: `token ${id}`,
  prefix: 'mdk_a1b2',
  lastFour: '9xYz',
  scopes: {},
  workspaces: 'all',
  allowedIps: null,
  createdBy: null,
  createdAt: inDays(-id),
  expiresAt: null,
  neverReason: null,
  disabledAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  status: 'active',
  blockedBy: null,
  usedBy: 0,
  rotatedTo: null,
  rotatedFrom: null,
  callsByDay: [],
  ...more,
})
