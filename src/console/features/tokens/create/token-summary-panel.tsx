import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'

import type { TokenPolicy } from '#api/contract/token-policy.ts'
import { createToken } from '#api/contract/tokens.ts'
import type { Workspace } from '#api/contract/workspaces.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import { session } from '#console/data/session.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { countInReach, TOKEN_OPERATIONS } from '#console/scopes/contract-operations.ts'
import { grantWarnings, summarizeGrant } from '#console/scopes/grant-words.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { hasAnyScope } from '#console/scopes/scope-matrix.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { CodeBlock } from '#console/ui/code-block.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { toCreateToken, type TokenForm } from './token-form.ts'
import { curlSnippet, TOKEN_PLACEHOLDER } from './token-snippets.ts'

export interface TokenSummaryPanelProps {
  policy: TokenPolicy
  workspaces: readonly Workspace[]
  isPending: boolean
  failure: FormFailure | undefined
}

/** An end by date is told in seconds from now. */
const tickMs = 60_000

/** What the token in the making could do, in words; stays in view beside the form. */
export function TokenSummaryPanel({ policy, workspaces, isPending, failure }: TokenSummaryPanelProps) {
  const { control } = useFormContext<TokenForm>()
  const form = useWatch({ control, compute: (values: TokenForm) => values })
  const now = useNow(tickMs)
  const publicUrl = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  const { scopes, allowedIps } = form
  const { can, cannot } = summarizeGrant(scopes, reachNames(form, workspaces))

  return (
    <Panel title="What it can do" className="xl:sticky xl:top-[calc(var(--sticky-top,0px)+1.5rem)]">
      <div className="flex flex-col gap-3">
        <div aria-live="polite" className="flex flex-col gap-1">
          <p className="wrap-anywhere">{can}</p>
          {cannot !== '' && <p className="font-medium">{cannot}</p>}
          <p className="text-sm text-muted tabular-nums">
            {reachText(form)}
            {allowedIps.length > 0 &&
              ` From ${formatCount(allowedIps.length, 'address or range', 'addresses and ranges')} only.`}
          </p>
        </div>
        {grantWarnings(scopes).map((warning) => (
          <Callout key={warning} tone="warning">
            {warning}
          </Callout>
        ))}
        <div>
          <p className="mb-1 text-sm text-muted">The first call</p>
          <CodeBlock label="First call" code={curlSnippet(publicUrl, TOKEN_PLACEHOLDER)} />
        </div>
        {failure && <FormError {...failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <ButtonLink to="/tokens">Cancel</ButtonLink>
          <Button type="submit" variant="primary" pending={isPending}>
            Create token
          </Button>
        </div>
        <SameCall endpoint={createToken} body={toCreateToken(form, policy, now)} />
      </div>
    </Panel>
  )
}

/** Some operations ask for no scope: they are not a grant, and are not counted as one while nothing is ticked. */
function reachText({ scopes, reach, workspaces }: TokenForm): string {
  const isNowhere = reach === 'chosen' && workspaces.length === 0
  const count = countInReach(isNowhere ? {} : scopes)
  if (isNowhere)
    return `${formatCount(count, 'operation')} that every valid token may call, until a workspace is chosen.`
  return hasAnyScope(scopes)
    ? `${formatNumber(count)} of ${formatNumber(TOKEN_OPERATIONS.length)} operations in reach.`
    : `0 scopes. ${formatCount(count, 'operation')} that every valid token may call.`
}

/** Names of the workspaces in reach, as the summary says them. */
function reachNames({ reach, workspaces: chosen }: TokenForm, list: readonly Workspace[]): 'all' | string[] {
  return reach === 'all' ? 'all' : list.filter(({ id }) => chosen.includes(String(id))).map(({ name }) => name)
}
