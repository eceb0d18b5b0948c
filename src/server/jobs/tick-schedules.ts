import type { JobDeps } from './run.ts'

/** Starts the runs that are due. Called every few seconds in every worker. */
export function tickSchedules(_deps: JobDeps): Promise<void> {
  return Promise.resolve()
}
