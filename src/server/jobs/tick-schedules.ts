import { startNextDue } from '../resources/schedules/start-due.ts'
import { keepUp } from '../resources/schedules/upkeep.ts'
import type { JobDeps } from './run.ts'

/** What is due beyond that waits for the next tick. */
const STARTS_MAX = 100

/** Starts the runs that are due. Called every few seconds in every worker. */
export async function tickSchedules(deps: JobDeps): Promise<void> {
  // Each schedule is tried once: what fails with one keeps none of the others from its time.
  const tried: number[] = []
  while (tried.length < STARTS_MAX) {
    const id = await startNextDue(deps, tried)
    if (id === undefined) break
    tried.push(id)
  }
  await keepUp(deps)
}
