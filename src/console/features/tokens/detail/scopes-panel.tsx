import { grantWarnings, summarizeGrant } from '#console/scopes/grant-words.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { grantKeys, grantLines } from './grant-lines.ts'
import { useReachNames } from './use-reach-names.ts'
import type { WholeToken } from './whole-token.ts'

/** What it may do: in a sentence, and scope by scope. */
export function ScopesPanel({ token }: { token: WholeToken }) {
  const { can, cannot } = summarizeGrant(token.scopes, useReachNames(token.workspaces))
  return (
    <Panel title="Scopes">
      <div className="flex flex-col gap-3 text-sm">
        <p>{can}</p>
        {cannot !== '' && <p className="font-medium">{cannot}</p>}
        {grantWarnings(token.scopes).map((warning) => (
          <p key={warning} className="text-warning">
            {warning}
          </p>
        ))}
        <DescriptionList items={grantLines(grantKeys(token.scopes))} className="border-t pt-3" />
      </div>
    </Panel>
  )
}
