import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'

import type { getMember } from '#api/contract/members.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { members } from '#console/data/members.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Sheet } from '#console/ui/sheet.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { memberGrantWords } from '../member-grant-words.ts'
import { ROLE_WORDS } from '../role-words.ts'
import { useMe } from '../use-me.ts'
import { useWorkspaceNames } from '../use-workspace-names.ts'
import type { MemberActions } from './member-menu.tsx'
import { obstaclesOf } from './obstacles.ts'
import { secondStepWords } from './second-step-words.ts'
import { TokenLines } from './token-lines.tsx'

type Detail = z.infer<typeof getMember.reply>

interface MemberSheetProps {
  id: number
  actions: MemberActions
  onClose: () => void
}

/** One member: what they may do in words, their tokens and sessions, and what can be done about it. */
export function MemberSheet({ id, actions, onClose }: MemberSheetProps) {
  const detail = useQuery(members.detail(id))
  const member = detail.data
  return (
    <Sheet
      open
      size="md"
      onOpenChange={onClose}
      title={member?.name ?? 'Member'}
      description={member?.email}
      footer={member && <SheetActions member={member} actions={actions} />}
    >
      {detail.isPending && <TextSkeleton lines={6} label="Loading the member" />}
      {detail.isLoadingError && (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the member')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
      {member && <MemberFacts member={member} />}
    </Sheet>
  )
}

function SheetActions({ member, actions }: { member: Detail; actions: MemberActions }) {
  const { manage, end } = obstaclesOf(member, useMe())
  const why = manage ?? end
  return (
    <>
      {why !== undefined && <p className="mr-auto self-center text-sm text-muted">{why}</p>}
      {end === undefined && (
        <>
          <Button variant="danger" className="mr-auto" onClick={() => actions.onRemove(member)}>
            Remove member
          </Button>
          <Button onClick={() => actions.onSwitch(member)}>{member.status === 'active' ? 'Disable' : 'Enable'}</Button>
        </>
      )}
      {manage === undefined && (
        <Button variant="primary" onClick={() => actions.onChange(member)}>
          Change access
        </Button>
      )}
    </>
  )
}

function MemberFacts({ member }: { member: Detail }) {
  const { role, status, tokens, tokenList, sessions, lastSeenAt, createdAt, invitedBy, hasPassword, secondSteps } =
    member
  const names = useWorkspaceNames()
  const { can, cannot } = memberGrantWords(member.scopes, names(member.workspaces))
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <span className="flex gap-1.5">
          <Badge tone={ROLE_WORDS[role].tone}>{ROLE_WORDS[role].label}</Badge>
          {status === 'disabled' && <Badge tone="danger">Disabled: cannot sign in, tokens are refused</Badge>}
        </span>
        {role === 'member' ? (
          <p>
            {can} <span className="font-medium">{cannot}</span>
          </p>
        ) : (
          <p>{ROLE_WORDS[role].hint}</p>
        )}
      </div>
      <DescriptionList
        items={[
          { label: 'Last seen', value: lastSeenAt === null ? 'never' : <RelativeTime at={lastSeenAt} /> },
          { label: 'Open sessions', value: sessions },
          { label: 'Signs in by', value: hasPassword ? 'password' : 'a provider or a passkey; there is no password' },
          { label: 'Second step', value: secondStepWords(secondSteps) },
          { label: 'Account since', value: <RelativeTime at={createdAt} /> },
          { label: 'Invited by', value: invitedBy?.name ?? 'nobody: made at setup, or the inviter is gone' },
          { label: 'Records', value: <TextLink to={`/audit?person=${member.id}`}>What they did</TextLink> },
        ]}
      />
      <section aria-label="Their tokens">
        <h3 className="mb-1.5 text-base font-semibold">Tokens</h3>
        {tokens === 0 ? (
          <p className="text-sm text-muted">No token of theirs works.</p>
        ) : (
          <TokenLines tokens={tokenList} total={tokens} />
        )}
      </section>
    </div>
  )
}
