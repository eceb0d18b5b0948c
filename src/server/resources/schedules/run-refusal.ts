import type { Db } from '../../db/connection.ts'
import { findWithdrawal, type Lender, type Withdrawal } from './lent-rights.ts'

/** What a run of a schedule does, and so what whoever saved it last must still be allowed to do. */
export const RUN_SCOPE = 'instance:workspace:read'

interface Saved {
  token_id: number | null
  saved_by: number | null
  workspace_id: number
}

/** Whose rights a schedule runs with; null where nobody is known. */
export function lenderOfSchedule({
  token_id: tokenId,
  saved_by: personId,
}: Omit<Saved, 'workspace_id'>): Lender | null {
  if (tokenId !== null) return { kind: 'token', id: tokenId }
  return personId === null ? null : { kind: 'person', id: personId }
}

/** Why a schedule may not run with the rights of who saved it any more, in a sentence; undefined where it may. */
export async function runRefusal(db: Db, schedule: Saved, now: Date): Promise<string | undefined> {
  const lender = lenderOfSchedule(schedule)
  const needs = { scopes: [RUN_SCOPE], reach: [schedule.workspace_id] } as const
  const withdrawal = lender === null ? NOBODY : await findWithdrawal(db, lender, needs, { now, expires: true })
  if (withdrawal === undefined) return undefined
  return `${inWords(withdrawal)}. Sign in and save the schedule: it then runs with your rights.`
}

const NOBODY: Withdrawal = { lender: { kind: 'person', id: 0 }, name: null, why: 'does not exist any more' }

function inWords({ lender, name, why }: Withdrawal): string {
  if (lender.kind === 'token') return `The access token "${name ?? lender.id}" that this schedule runs with ${why}`
  if (name === null) return `The account that saved this schedule last ${why}`
  return `The account of ${name}, who saved this schedule last, ${why}`
}
