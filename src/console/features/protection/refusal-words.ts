import type { Protection } from '#api/contract/protection.ts'

import { STATE_WORDS } from './protection-words.ts'

type Line = Protection['schedules'][number]

/** Those of a workspace that may not run now. */
const refusedSchedules = ({ schedules }: Pick<Protection, 'schedules'>): Line[] =>
  schedules.filter(({ refusal }) => refusal !== null && refusal !== undefined)

/** Why a workspace stands as it does: of a failing one, whether a run failed or one will; nothing where that needs no words. */
export function reasonOf(item: Pick<Protection, 'schedules' | 'state'>): string | undefined {
  const count = refusedSchedules(item).length
  if (item.state !== 'failing' || count === 0) return STATE_WORDS[item.state].reason
  return count === 1
    ? 'A schedule may not run any more: its next run fails.'
    : `${count} schedules may not run any more: their next runs fail.`
}

/** What cannot run comes first, so that no list cuts it off; then what runs next, and last what pauses. */
export function inOrder(schedules: readonly Line[]): Line[] {
  const rank = ({ refusal, nextRunAt }: Line): string => (typeof refusal === 'string' ? '' : (nextRunAt ?? '9'))
  return schedules.toSorted((a, b) => rank(a).localeCompare(rank(b)))
}
