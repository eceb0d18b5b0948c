import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router'

import type { CreateRestore, RestorePreview } from '#api/contract/restores.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { restores } from '#console/data/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { BackUpFirst } from './back-up-first.tsx'
import { PreviewHeading } from './preview-heading.tsx'
import { effectLabel, lossSummary } from './preview-words.ts'
import type { Target } from './restore-search.ts'
import type { PreviewStepProps } from './step-preview.tsx'
import { StepFooter, StepSection } from './step-section.tsx'

/** The last step before anything is written: the target's name is typed, and the button says what it does. */
export function StepConfirm({ wizard, targetName }: PreviewStepProps) {
  const { preview, hasMoved, go } = wizard
  return (
    <StepSection title="Confirm" takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} targetName={targetName} />
      {preview.isPending && <TextSkeleton lines={4} label="Reading the archive and comparing" />}
      {preview.isLoadingError && (
        <>
          <ErrorState
            {...describeFailure(preview.error, 'Could not compare the archive')}
            onRetry={() => void preview.refetch()}
            isRetrying={preview.isFetching}
          />
          <StepFooter>
            <Button onClick={() => go({ step: 'where' })}>Back</Button>
          </StepFooter>
        </>
      )}
      {preview.data && <ConfirmForm {...{ wizard, targetName }} preview={preview.data} />}
    </StepSection>
  )
}

function ConfirmForm({ wizard, targetName, preview }: PreviewStepProps & { preview: RestorePreview }) {
  const { backup, password, target, go } = wizard
  const create = useMutation(restores.create())
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const isOverwriting = preview.target !== null
  const isConfirmed = targetName !== '' && typed.trim() === targetName
  const failure = formFailure(create.error, 'The restore was not started')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isConfirmed || create.isPending || backup === undefined || target === undefined) return
    create.mutate(
      { backupId: backup.id, password, into: intoOf(target, typed.trim()) },
      { onSuccess: ({ id }) => void navigate(`/restores/${id}`, { replace: true }) },
    )
  }

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      {isOverwriting && (
        <>
          <Callout tone="danger" title={lossSummary(preview)} className="wrap-anywhere">
            What changed in {targetName} since the backup is lost. Take a backup of it first if anything of that is
            still needed.
          </Callout>
          {target?.kind === 'existing' && <BackUpFirst workspaceId={target.workspaceId} name={targetName} />}
        </>
      )}
      <Field
        label={
          <>
            Type <code className="rounded-xs bg-muted px-1 py-px font-mono wrap-anywhere select-all">{targetName}</code>{' '}
            to confirm
          </>
        }
        error={isWrong ? 'That is not the name. Type it exactly: capitals count.' : undefined}
        className="max-w-md"
      >
        <Input
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setIsWrong(false)
          }}
          onKeyDown={(event) => {
            // The button is locked until the name is right, and a locked button submits nothing.
            if (event.key === 'Enter' && !isConfirmed) setIsWrong(typed.trim() !== '')
          }}
          mono
          spellCheck={false}
          disabled={create.isPending}
        />
      </Field>
      {failure && <FormError {...failure} />}
      <StepFooter>
        <Button onClick={() => go({ step: 'preview' })} disabled={create.isPending}>
          Back
        </Button>
        <Button
          type="submit"
          variant={isOverwriting ? 'danger' : 'primary'}
          disabled={!isConfirmed}
          pending={create.isPending}
          className="h-auto! min-h-8 min-w-0 shrink! py-1 wrap-anywhere whitespace-normal!"
        >
          <span className="min-w-0 wrap-anywhere">{effectLabel(preview, targetName)}</span>
        </Button>
      </StepFooter>
    </form>
  )
}

function intoOf(target: Target, confirm: string): CreateRestore['into'] {
  return target.kind === 'new' ? { newWorkspace: target.name } : { workspaceId: target.workspaceId, confirm }
}
