// placeholder until the real one lands
import type pg from 'pg'
import type { Deps } from '../deps.ts'
import type { JobQueue } from './queue.ts'
export function openJobQueue(_deps: Omit<Deps, 'jobs'>, _options: pg.ClientConfig): Promise<JobQueue> {
  return Promise.resolve({ enqueue: () => Promise.resolve(), close: () => Promise.resolve() })
}
