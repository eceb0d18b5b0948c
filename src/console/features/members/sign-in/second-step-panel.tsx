import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { signInRules } from '#console/data/sign-in-rules.ts'
import { formatCount } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Whether everybody must take a second step. */
export function SecondStepPanel({ isOwner }: { isOwner: boolean }) {
  const policy = useQuery(signInRules.secondStep())
  const [isAsking, setIsAsking] = useState(false)
  const isRequired = policy.data?.requiresSecondStep
  return (
    <Panel
      title="Second step"
      actions={
        isOwner &&
        isRequired !== undefined && (
          <Button onClick={() => setIsAsking(true)}>{isRequired ? 'Stop requiring it' : 'Require it'}</Button>
        )
      }
    >
      {policy.isPending && <TextSkeleton lines={1} label="Loading the rule" />}
      {policy.isLoadingError && (
        <ErrorState
          {...describeFailure(policy.error, 'Could not load the rule')}
          onRetry={() => void policy.refetch()}
          isRetrying={policy.isFetching}
        />
      )}
      {isRequired !== undefined && <RuleInWords isRequired={isRequired} />}
      {isAsking && <RuleDialog isRequired={isRequired ?? false} onClose={() => setIsAsking(false)} />}
    </Panel>
  )
}

function RuleInWords({ isRequired }: { isRequired: boolean }) {
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={isRequired ? 'success' : 'neutral'}>{isRequired ? 'Required' : 'Not required'}</Badge>
      {isRequired
        ? 'Everybody signs in with a second step; who has none sets one up first.'
        : 'Everybody chooses for themselves whether a code or a passkey is asked for after the password.'}
    </p>
  )
}

function RuleDialog({ isRequired, onClose }: { isRequired: boolean; onClose: () => void }) {
  const save = useMutation(signInRules.saveSecondStep())
  const toast = useToast()
  function handleConfirm() {
    save.mutate(
      { requiresSecondStep: !isRequired },
      {
        onSuccess: ({ endedSessions }) => {
          if (isRequired) toast.success('A second step is no longer required')
          else
            toast.success('A second step is required', {
              description: `${formatCount(endedSessions, 'session')} ended.`,
            })
          onClose()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone={isRequired ? 'danger' : 'primary'}
      title={isRequired ? 'Stop requiring a second step' : 'Require a second step of everybody'}
      confirmLabel={isRequired ? 'Stop requiring it' : 'Require a second step'}
      pending={save.isPending}
      error={formFailure(save.error, 'The rule was not changed')}
      onConfirm={handleConfirm}
    >
      {isRequired ? (
        <p>Whoever has a second step keeps it, and may remove it then. Others sign in with a password alone.</p>
      ) : (
        <>
          <p>The sessions of everybody who has none end now; they set one up at their next sign-in. Tokens go on.</p>
          <p>
            You need one yourself first: <TextLink to="/account/security">your account</TextLink>.
          </p>
        </>
      )}
    </ConfirmDialog>
  )
}
