import { useQuery, type QueryClient } from '@tanstack/react-query'

import { describeFailure } from '#console/data/describe-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { session } from '#console/data/session.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { AllTokensLink } from './all-tokens-link.tsx'
import { PolicyEditor } from './policy/policy-editor.tsx'
import { policySentences } from './policy/policy-words.ts'

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(tokens.policy()).catch(() => undefined)
    void client.query(schedules.list()).catch(() => undefined)
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

export function Component() {
  return (
    <Page width="form">
      <AllTokensLink />
      <PageHeader
        title="Token policy"
        description="How long tokens of this instance may live. It holds for new tokens, and for those that exist."
      />
      <PolicyBody />
    </Page>
  )
}

function PolicyBody() {
  const policy = useQuery(tokens.policy())
  const role = useQuery(session.current()).data?.signedIn?.user.role
  if (policy.isPending) return <TextSkeleton lines={8} label="Loading the policy" />
  if (policy.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(policy.error, 'Could not load the token policy')}
        onRetry={() => void policy.refetch()}
        isRetrying={policy.isFetching}
      />
    )
  }
  if (role !== 'member') return <PolicyEditor policy={policy.data} />
  return (
    <Panel title="The rules" description="Owners and admins set them.">
      <ul className="flex flex-col gap-1 text-base">
        {policySentences(policy.data).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Panel>
  )
}
