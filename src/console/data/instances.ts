import { queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import { type Instance, listInstances } from '#api/contract/account.ts'
import { getReadiness } from '#api/contract/health.ts'

export interface InstanceHealth {
  version: string
  /** Time from request to answer, measured here. */
  latencyMs: number
}

/** A call that takes longer than this is as good as no answer. */
const healthTimeoutMs = 5_000

async function measureHealth(signal: AbortSignal): Promise<InstanceHealth> {
  const startedAt = performance.now()
  const { version } = await call(getReadiness, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(healthTimeoutMs)]),
  })
  return { version, latencyMs: performance.now() - startedAt }
}

export const instances = {
  key: ['instances'] as const,
  list: () =>
    queryOptions({
      queryKey: [...instances.key, 'list'],
      queryFn: ({ signal }) => call(listInstances, { signal }),
    }),
  /** The built-in instance is this server, so its readiness is asked right here. */
  health: (name: string) =>
    queryOptions({
      queryKey: [...instances.key, 'health', name],
      queryFn: ({ signal }) => measureHealth(signal),
      retry: false,
      staleTime: 0,
      refetchInterval: 30_000,
    }),
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What an address tells of its surroundings: one of this machine is for development; of any other nothing is known yet. */
export function environmentOf(instance: Instance): 'development' | undefined {
  const { hostname } = new URL(instance.meta_api, location.href)
  return loopbackHosts.has(hostname) || hostname.endsWith('.localhost') ? 'development' : undefined
}
