import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { signInRules } from '#console/data/sign-in-rules.ts'
import { useTold } from '#console/data/use-told.ts'
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
  const rule = ruleOf(policy.data, useHasNone(isOwner))
  return (
    <Panel
      title="Second step"
      actions={
        isOwner && (
          <Button disabled={rule?.isRefused !== false} onClick={() => setIsAsking(true)}>
            {rule?.isRequired === true ? 'Stop requiring it' : 'Require it'}
          </Button>
        )
      }
    >
      {rule === undefined && !policy.isLoadingError && (
        <TextSkeleton lines={1} label="Loading the rule" className="min-h-22 sm:min-h-12 xl:min-h-5" />
      )}
      {policy.isLoadingError && (
        <ErrorState
          {...describeFailure(policy.error, 'Could not load the rule')}
          onRetry={() => void policy.refetch()}
          isRetrying={policy.isFetching}
        />
      )}
      {rule && <RuleInWords {...rule} />}
      {rule && isAsking && <RuleDialog isRequired={rule.isRequired} onClose={() => setIsAsking(false)} />}
    </Panel>
  )
}

/** Whether the owner who looks has no second step; undefined while that is not known. To others it does not matter. */
function useHasNone(isOwner: boolean): boolean | undefined {
  const { data, isError } = useQuery({ ...secondFactor.state(), enabled: isOwner })
  // Where it cannot be read the server refuses what may not be.
  if (!isOwner || isError) return false
  return data && data.totpSince === null && data.passkeys === 0
}

interface Rule {
  isRequired: boolean
  /** It may not be required by whoever has no second step: they would lock themselves out. */
  isRefused: boolean
}

/** Undefined until both are known, so that nothing is drawn that moves a moment later. */
function ruleOf(policy: { requiresSecondStep: boolean } | undefined, hasNone: boolean | undefined): Rule | undefined {
  if (policy === undefined || hasNone === undefined) return undefined
  return { isRequired: policy.requiresSecondStep, isRefused: !policy.requiresSecondStep && hasNone }
}

function RuleInWords({ isRequired, isRefused }: Rule) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={isRequired ? 'success' : 'neutral'}>{isRequired ? 'Required' : 'Not required'}</Badge>
        {isRequired
          ? 'Everybody signs in with a second step; who has none sets one up first.'
          : 'Everybody chooses for themselves whether a code or a passkey is asked for after the password.'}
      </p>
      {isRefused && (
        <p className="mt-2 text-sm text-muted">
          You have none yourself yet: to require it, set one up first under{' '}
          <TextLink to="/account/security">your account</TextLink>.
        </p>
      )}
    </>
  )
}

function RuleDialog({ isRequired, onClose }: { isRequired: boolean; onClose: () => void }) {
  const save = useTold(signInRules.saveSecondStep(), 'The rule was not changed')
  const toast = useToast()
  const finalFocus = useOpener()
  const label = isRequired ? 'Stop requiring it' : 'Require a second step'
  const proof = useProof((_input, given, outcome) =>
    save.run(
      { requiresSecondStep: !isRequired, proof: given },
      {
        onError: outcome.onError,
        onSuccess: ({ endedSessions }, isShown) => {
          if (isRequired) toast.success('A second step is no longer required')
          else
            toast.success('A second step is required', {
              description: `${formatCount(endedSessions, 'session')} ended.`,
            })
          if (isShown) onClose()
        },
      },
    ),
  )
  if (proof.isAsked) {
    return (
      <AskedProof
        confirmLabel={label}
        tone="danger"
        proof={proof}
        told={save}
        finalFocus={finalFocus}
        onClose={onClose}
      >
        <p>From then on a password alone may open accounts, and your sign-in is some time ago.</p>
      </AskedProof>
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
      error={save.failure}
      onConfirm={() => proof.attempt()}
    >
      {isRequired ? (
        <p>Whoever has a second step keeps it, and may remove it then. Others sign in with a password alone.</p>
      ) : (
        <p>The sessions of everybody who has none end now; they set one up at their next sign-in. Tokens go on.</p>
      )}
    </ConfirmDialog>
  )
}
