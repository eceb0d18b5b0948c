import type { FastifyInstance } from 'fastify'

import { listProtection } from '#api/contract/protection.ts'

import { requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import { serve } from '../../route.ts'
import { compareJudgements, judge } from './judge.ts'
import { readFacts, shown } from './store.ts'

/** How well workspaces are protected. */
export function registerProtection(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, listProtection, async ({ query: { workspaceId }, caller }) => {
    if (workspaceId !== undefined) requireWorkspace(caller, workspaceId)
    const facts = await readFacts(db, caller, now(), workspaceId)
    if (workspaceId !== undefined && facts.length === 0) throw notFound(`Workspace ${workspaceId}`)
    const judged = facts
      .map((one) => ({ facts: one, judgement: judge(one, now()) }))
      .toSorted((a, b) => compareJudgements(a.judgement, b.judgement))
    return {
      items: judged.map(({ facts: one, judgement: { state, ageMs, wantedMs } }) => ({
        workspaceId: one.workspaceId,
        workspaceName: one.workspaceName,
        state,
        ...shown(one),
        ageSeconds: seconds(ageMs),
        wantedSeconds: seconds(wantedMs),
      })),
    }
  })
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1_000)
}
