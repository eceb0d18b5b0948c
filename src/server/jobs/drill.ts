import type { JobPayloads } from './queue.ts'
import type { JobDeps, JobRun } from './run.ts'

export function runDrill(_deps: JobDeps, _run: JobRun<JobPayloads['drill']>): Promise<void> {
  return Promise.resolve()
}
