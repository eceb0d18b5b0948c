import { type FormEvent, useState } from 'react'

import { DisplayName } from '#api/contract/names.ts'
import { duplicateToken } from '#api/contract/token-lifecycle.ts'
import type { CreatedToken, Token } from '#api/contract/tokens.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { useUnseenSecret } from '../use-unseen-secret.ts'
import { NeverReasonField, reasonOf } from './never-reason-field.tsx'

export interface DuplicateTokenDialogProps {
  token: Token
  finalFocus: FinalFocus
  onClose: () => void
  onDuplicated: (token: CreatedToken) => void
}

/** As long as a name may be. */
const NAME_MAX = 200
const COPY = ' copy'

/** A second token that can do the same; the first one stays as it is. */
export function DuplicateTokenDialog({ token, finalFocus, onClose, onDuplicated }: DuplicateTokenDialogProps) {
  const duplicate = useTold(tokens.duplicate(), `Token ${token.name} was not duplicated`)
  const [name, setName] = useState(`${token.name.slice(0, NAME_MAX - COPY.length)}${COPY}`)
  const [reason, setReason] = useState('')
  const [isSent, setIsSent] = useState(false)
  const checked = DisplayName.safeParse(name)
  const { failure } = duplicate
  const tellUnseen = useUnseenSecret()

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    setIsSent(true)
    if (checked.success) {
      duplicate.run(
        { id: token.id, name: checked.data, ...reasonOf(token, reason) },
        { onSuccess: (made, isShown) => (isShown ? onDuplicated(made) : tellUnseen(made)) },
      )
    }
  }

  return (
    <Dialog
      open
      finalFocus={finalFocus}
      dismissible={!duplicate.isPending}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Duplicate token ${token.name}`}
      description="A token of its own with the same scopes, workspaces, addresses and length of life."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <Field
          label="Name"
          hint="What uses it, and where."
          error={isSent ? checked.error?.issues[0]?.message : undefined}
        >
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <NeverReasonField token={token} value={reason} onValueChange={setReason} />
        <p className="text-sm text-muted">
          To change what it can do, <TextLink to={`/tokens/new?from=${token.id}`}>start the form from it</TextLink>.
        </p>
        <SameCall
          endpoint={duplicateToken}
          params={{ id: token.id }}
          body={{ name: name.trim(), ...reasonOf(token, reason) }}
        />
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={onClose} disabled={duplicate.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" pending={duplicate.isPending}>
            Duplicate token
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
