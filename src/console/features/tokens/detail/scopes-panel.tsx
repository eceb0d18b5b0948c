import { grantWarnings, summarizeGrant } from '#console/scopes/grant-words.ts'
import { Panel } from '#console/ui/panel.tsx'

import { cutScopes, cutTitle, isCutToNothing, scopesNow } from '../cut-words.ts'
import { reachNow } from '../reach-words.ts'
import { GrantMatrix } from './grant-matrix.tsx'
import { useReachNames } from './use-reach-names.ts'
import type { WholeToken } from './whole-token.ts'

/** What it may do now: in a sentence, and scope by scope. */
export function ScopesPanel({ token }: { token: WholeToken }) {
  const names = useReachNames(reachNow(token))
  const scopes = scopesNow(token)
  const { can, cannot } = isCutToNothing(token)
    ? { can: `${cutTitle(token)}.`, cannot: '' }
    : summarizeGrant(scopes, names)
  return (
    <Panel title="Scopes">
      <div className="flex flex-col gap-3 text-sm">
        <p>{can}</p>
        {cannot !== '' && <p className="font-medium">{cannot}</p>}
        {grantWarnings(scopes).map((warning) => (
          <p key={warning} className="text-warning">
            {warning}
          </p>
        ))}
        <GrantMatrix scopes={scopes} cut={cutScopes(token)} />
      </div>
    </Panel>
  )
}
