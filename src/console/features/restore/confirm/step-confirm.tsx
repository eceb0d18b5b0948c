import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router'

import { createRestore, type RestorePreview } from '#api/contract/restores.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { restores } from '#console/data/restores.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'
import { isTypedName, TypedNameField } from '#console/ui/typed-name-field.tsx'

import { canonicalNames } from '../canonical-words.ts'
import { effectButton, intoOf, isDestructive } from '../effect-words.ts'
import { isUnanswered } from '../is-unanswered.ts'
import { scopeOf } from '../parts.ts'
import { PreviewHeading } from '../preview-heading.tsx'
import { PreviewWaiting } from '../preview-waiting.tsx'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { Target } from '../target.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { ConfirmSentence } from './confirm-sentence.tsx'

/** The last step before anything is written: the effect in words, and the name of what is overwritten is typed. */
export function StepConfirm({ wizard }: { wizard: RestoreWizard }) {
  const { preview, diff, effect, planned, target, hasMoved, go } = wizard
  const needed = useNeeded(target)
  const isCompared = target?.kind !== 'existing' || planned !== undefined
  return (
    <StepSection title="Confirm" takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} />
      {needed !== undefined && <NoAccess {...needed} />}
      {needed === undefined && target !== undefined && effect !== undefined && isCompared ? (
        <ConfirmForm {...{ wizard, target, effect }} />
      ) : (
        <>
          {needed === undefined && (
            <PreviewWaiting
              query={effect === undefined ? preview : diff}
              title="Could not compare the archive"
              skeleton={<TextSkeleton lines={4} label="Comparing the archive with the workspace" />}
            />
          )}
          <StepFooter>
            <Button onClick={() => go({ step: 'safety' })}>Back</Button>
          </StepFooter>
        </>
      )}
    </StepSection>
  )
}

/** What the last step asks for and is missing: a new workspace asks for more than one that is there. */
function useNeeded(target: Target | undefined) {
  const may = useMay()
  if (!may(createRestore)) return { endpoint: createRestore }
  const isRefused = target?.kind === 'new' && !may(createWorkspace, 'beyond')
  return isRefused ? { endpoint: createWorkspace, where: 'beyond' as const } : undefined
}

interface ConfirmFormProps {
  wizard: RestoreWizard
  target: Target
  effect: RestorePreview
}

function ConfirmForm({ wizard, target, effect }: ConfirmFormProps) {
  const { backup, password, targetName, parts, search, go } = wizard
  const create = useMutation(restores.create())
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const isOverwriting = target.kind === 'existing'
  const isOpen = isUnanswered(wizard)
  const isConfirmed = !isOpen && (!isOverwriting || (targetName !== '' && isTypedName(targetName, typed)))
  const failure = formFailure(create.error, 'The restore was not started')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isConfirmed || create.isPending || backup === undefined) return
    create.mutate(
      {
        backupId: backup.id,
        password,
        into: intoOf(target, typed.trim()),
        ...scopeOf(parts),
        canonicalNames: canonicalNames(effect.takenCanonicals, search.canonicals),
      },
      { onSuccess: ({ id }) => void navigate(`/restores/${id}`, { replace: true }) },
    )
  }

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <ConfirmSentence wizard={wizard} target={target} effect={effect} />
      {isOverwriting && (
        <TypedNameField
          name={targetName}
          value={typed}
          onChange={setTyped}
          disabled={create.isPending}
          mismatchWords="That is not the name. Type it exactly: capitals count."
          className="max-w-md"
        />
      )}
      {isOpen && <Callout tone="warning">Something is still to be chosen under Scope.</Callout>}
      {failure && <FormError {...failure} />}
      <StepFooter>
        <Button onClick={() => go({ step: 'safety' })} disabled={create.isPending}>
          Back
        </Button>
        <Button
          type="submit"
          variant={isOverwriting && isDestructive(parts) ? 'danger' : 'primary'}
          disabled={!isConfirmed}
          pending={create.isPending}
          className="h-auto! min-h-8 min-w-0 shrink! py-1 wrap-anywhere whitespace-normal!"
        >
          <span className="min-w-0 wrap-anywhere">{effectButton({ target, targetName, effect, parts })}</span>
        </Button>
      </StepFooter>
    </form>
  )
}
