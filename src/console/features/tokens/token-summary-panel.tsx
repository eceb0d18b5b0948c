import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'

import type { Scopes } from '#api/contract/scopes.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import { session } from '#console/data/session.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { CodeBlock } from '#console/ui/code-block.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { countInReach, TOKEN_OPERATIONS } from './contract-operations.ts'
import { hasAnyScope } from './scope-matrix.ts'
import type { TokenForm } from './token-form.ts'
import { curlSnippet, TOKEN_PLACEHOLDER } from './token-snippets.ts'
import { grantWarnings, summarizeToken } from './token-summary.ts'

export interface TokenSummaryPanelProps {
  isPending: boolean
  failure: FormFailure | undefined
}

/** What the token in the making could do, in words; stays in view beside the form. */
export function TokenSummaryPanel({ isPending, failure }: TokenSummaryPanelProps) {
  const { control } = useFormContext<TokenForm>()
  const scopes = useWatch({ control, name: 'scopes' })
  const publicUrl = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  const { can, cannot } = summarizeToken(scopes, useReachNames())

  return (
    <Panel title="What it can do" className="xl:sticky xl:top-[calc(var(--sticky-top,0px)+1.5rem)]">
      <div className="flex flex-col gap-3">
        <div aria-live="polite" className="flex flex-col gap-1">
          <p>{can}</p>
          {cannot !== '' && <p className="font-medium">{cannot}</p>}
          <p className="text-sm text-muted tabular-nums">{reachText(scopes)}</p>
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
      </div>
    </Panel>
  )
}

/** Some operations ask for no scope: they are not a grant, and are not counted as one while nothing is ticked. */
function reachText(scopes: Scopes): string {
  const count = countInReach(scopes)
  return hasAnyScope(scopes)
    ? `${formatNumber(count)} of ${formatNumber(TOKEN_OPERATIONS.length)} operations in reach`
    : `0 scopes. ${formatCount(count, 'operation')} that every valid token may call.`
}

/** Names of the workspaces in reach, as the summary says them. */
function useReachNames(): 'all' | string[] {
  const { control } = useFormContext<TokenForm>()
  const [reach, chosen] = useWatch({ control, name: ['reach', 'workspaces'] })
  const list = useQuery(workspaces.list())
  if (reach === 'all') return 'all'
  return (list.data ?? []).filter(({ id }) => chosen.includes(String(id))).map(({ name }) => name)
}
