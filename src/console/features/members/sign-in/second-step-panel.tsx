import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { OwnProofDialog } from '#console/credentials/own-proof-dialog.tsx'
import { useOpener } from '#console/credentials/use-opener.ts'
import { failureBesideProof, useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { secondFactor } from '#console/data/second-factor.ts'
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
        isOwner && (
          <Button disabled={isRequired === undefined} onClick={() => setIsAsking(true)}>
            {isRequired === true ? 'Stop requiring it' : 'Require it'}
          </Button>
        )
      }
    >
      {policy.isPending && (
        <TextSkeleton lines={1} label="Loading the rule" className="min-h-22 sm:min-h-12 xl:min-h-5" />
      )}
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
  const own = useQuery(secondFactor.state()).data
  const hasNone = own !== undefined && own.totpSince === null && own.passkeys === 0
  const toast = useToast()
  const finalFocus = useOpener()
  const failure = failureBesideProof(save.error, 'The rule was not changed')
  const label = isRequired ? 'Stop requiring it' : 'Require a second step'
  const proof = useProof((_input, given, outcome) =>
    save.mutate(
      { requiresSecondStep: !isRequired, proof: given },
      {
        onError: outcome.onError,
        onSuccess: ({ endedSessions }) => {
          if (isRequired) toast.success('A second step is no longer required')
          else
            toast.success('A second step is required', {
              description: `${formatCount(endedSessions, 'session')} ended.`,
            })
          onClose()
        },
      },
    ),
  )
  if (proof.isAsked) {
    return (
      <OwnProofDialog
        confirmLabel={label}
        tone="danger"
        isPending={save.isPending}
        failure={failure}
        finalFocus={finalFocus}
        onProof={proof.prove}
        onClose={onClose}
      >
        <p>From then on a password alone may open accounts, and your sign-in is some time ago.</p>
      </OwnProofDialog>
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone={isRequired ? 'danger' : 'primary'}
      title={isRequired ? 'Stop requiring a second step' : 'Require a second step of everybody'}
      confirmLabel={label}
      pending={save.isPending}
      error={failure}
      onConfirm={() => proof.attempt()}
    >
      {isRequired ? (
        <p>Whoever has a second step keeps it, and may remove it then. Others sign in with a password alone.</p>
      ) : (
        <>
          <p>The sessions of everybody who has none end now; they set one up at their next sign-in. Tokens go on.</p>
          {hasNone && (
            <p>
              You have none yourself yet: set one up first under{' '}
              <TextLink to="/account/security">your account</TextLink>.
            </p>
          )}
        </>
      )}
    </ConfirmDialog>
  )
}
