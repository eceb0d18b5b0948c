import { zodResolver } from '@hookform/resolvers/zod'
import { useState, type ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import { RecoveryCode, TotpCode } from '#api/contract/second-factor.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import type { ProofInput } from '#console/data/second-factor.ts'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { type FinalFocus, useFocusFirst } from '#console/ui/dialog-focus.tsx'
import { DialogForm } from '#console/ui/dialog-form.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { type ProofKind, proofKinds, type ProofWays } from './proof-ways.ts'

export interface ProofDialogProps {
  title: string
  /** What will happen, and to what. */
  children?: ReactNode
  /** The effect in words: "Remove authenticator app". */
  confirmLabel: string
  tone?: 'danger' | 'primary'
  /** Undefined until it is known. */
  proofWays: ProofWays | undefined
  isPending: boolean
  /** Why it did not work the last time; that the server asks for the proof is no failure. */
  failure: FormFailure | undefined
  onProof: (proof: ProofInput) => void
  /** Where the focus goes afterwards; by default to what opened it. */
  finalFocus?: FinalFocus
  onClose: () => void
}

/** Asks who is there before a way in is made or changed: whoever finds an open console must not be able to. */
export function ProofDialog({ title, children, proofWays, isPending, finalFocus, onClose, ...rest }: ProofDialogProps) {
  const kinds = proofWays && proofKinds(proofWays)
  return (
    <Dialog
      title={title}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      dismissible={!isPending}
      finalFocus={finalFocus}
    >
      <div className="flex flex-col gap-4">
        {children}
        {kinds === undefined && <TextSkeleton lines={2} label="Loading how you can show it" />}
        {kinds?.length === 0 && (
          <Callout tone="warning" title="Sign in again first">
            This account has neither a password nor codes to prove itself by. Sign out, sign in, and do this within ten
            minutes.
          </Callout>
        )}
        {kinds !== undefined && kinds.length > 0 && (
          <ProofForm {...rest} kinds={kinds} isPending={isPending} onClose={onClose} />
        )}
      </div>
    </Dialog>
  )
}

const LABELS: Record<ProofKind, string> = {
  password: 'Password',
  code: 'Code of the app',
  recoveryCode: 'Recovery code',
}

const VALUES: Record<ProofKind, z.ZodType<string, string>> = {
  password: z.string().min(1, 'Give your password').max(1_000),
  code: TotpCode,
  recoveryCode: RecoveryCode,
}

interface ProofFormProps extends Omit<ProofDialogProps, 'title' | 'children' | 'proofWays' | 'finalFocus'> {
  kinds: readonly ProofKind[]
}

function ProofForm({ kinds, failure, onProof, ...rest }: ProofFormProps) {
  const [kind, setKind] = useState<ProofKind>(kinds[0] ?? 'password')
  // Why the password was refused says nothing about a code.
  const [isOfOtherKind, setIsOfOtherKind] = useState(false)

  function handleKind(next: ProofKind) {
    setKind(next)
    setIsOfOtherKind(true)
  }

  function handleProof(proof: ProofInput) {
    setIsOfOtherKind(false)
    onProof(proof)
  }

  return (
    <>
      {kinds.length > 1 && (
        <ChoiceChips
          aria-label="Prove it by"
          size="sm"
          choices={kinds.map((value) => ({ value, label: LABELS[value] }))}
          value={kind}
          onValueChange={handleKind}
        />
      )}
      <ProofField
        key={kind}
        {...rest}
        kind={kind}
        failure={isOfOtherKind ? undefined : failure}
        onProof={handleProof}
      />
    </>
  )
}

interface ProofFieldProps extends Omit<ProofFormProps, 'kinds'> {
  kind: ProofKind
}

function ProofField({ kind, confirmLabel, tone, isPending, failure, onProof, onClose }: ProofFieldProps) {
  const form = useForm({ resolver: zodResolver(z.object({ proof: VALUES[kind] })), defaultValues: { proof: '' } })
  const handleSubmit = form.handleSubmit(({ proof }) => onProof({ [kind]: proof }))
  const props = { ...form.register('proof'), autoFocus: true }
  // A dialog in whose place this one came gives the focus back to the page as it goes.
  const place = useFocusFirst<HTMLFormElement>()

  return (
    <DialogForm
      ref={place}
      onSubmit={handleSubmit}
      onCancel={onClose}
      submitLabel={confirmLabel}
      tone={tone}
      pending={isPending}
      failure={failure}
    >
      <Field label={LABELS[kind]} error={form.formState.errors.proof?.message}>
        {kind === 'password' ? (
          <PasswordInput {...props} autoComplete="current-password" />
        ) : (
          <Input
            {...props}
            mono
            spellCheck={false}
            autoCapitalize="none"
            {...(kind === 'code' ? { inputMode: 'numeric', autoComplete: 'one-time-code' } : {})}
          />
        )}
      </Field>
    </DialogForm>
  )
}
