import type { JobPayloads } from './queue.ts'
import type { JobDeps, JobRun } from './run.ts'

export function runNotify(_deps: JobDeps, _run: JobRun<JobPayloads['notify']>): Promise<void> {
  return Promise.resolve()
}
