import { ApiError } from '#api/client/api-error.ts'
import { call as send, type Call } from '#api/client/call.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'

import { refusalOf, type Rights, type Where } from './may.ts'

let readRights: () => Rights | null = () => null

/** Tells the calls who is signed in; null = nobody, or not known yet. */
export function callAs(read: () => Rights | null): void {
  readRights = read
}

/**
 * Refuses what the server could only refuse, as it would and without asking it: who looks at a page leaves no refusals
 * in the audit log. Throws the 403.
 */
export function requireMay(endpoint: Endpoint, where?: Where): void {
  const me = readRights()
  const payload = me === null ? undefined : refusalOf(me, endpoint, where)
  if (payload !== undefined) throw new ApiError('access_denied', 'Access Denied.', { status: 403, payload })
}

/**
 * The browser's call, for whoever is signed in. Only what reads is refused here: what changes something was pressed by
 * somebody, so the server answers and records it.
 */
export const call = (async (endpoint: Endpoint, input?: { params?: Record<string, unknown> }) => {
  const workspaceId = input?.params?.['workspace_id']
  if (!endpoint.audited) requireMay(endpoint, workspaceId === undefined ? undefined : Number(workspaceId))
  return send(endpoint, input)
}) as Call
