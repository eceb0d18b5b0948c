import type { JobPayloads } from './queue.ts'
import type { JobDeps, JobRun } from './run.ts'

export function runVerify(_deps: JobDeps, _run: JobRun<JobPayloads['verify']>): Promise<void> {
  return Promise.resolve()
}
