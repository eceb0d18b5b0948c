import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { Scopes } from '#api/contract/scopes.ts'
import { rotateToken, type RotateToken } from '#api/contract/token-lifecycle.ts'
import type { CreatedToken, Token } from '#api/contract/tokens.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { useNow } from '#console/lib/use-now.ts'
import { summarizeGrant } from '#console/scopes/grant-words.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { cutScopes, isCut, reachLeft, scopeList } from '../cut-words.ts'
import { dependantNames } from '../dependant-words.ts'
import { useUnseenSecret } from '../use-unseen-secret.ts'
import { BreaksNote } from './breaks-note.tsx'
import { LastUseNote } from './last-use-note.tsx'
import { NeverReasonField, reasonOf } from './never-reason-field.tsx'
import { allowedLife, newEndWords, OVERLAPS, type Overlap, overlapWords } from './overlap.ts'

export interface RotateTokenDialogProps {
  token: Token
  /** Fewer scopes for the new one; absent = the same. */
  scopes?: Scopes | undefined
  finalFocus: FinalFocus
  onClose: () => void
  /** The new token, with its secret. */
  onRotated: (token: CreatedToken) => void
}

const TICK_MS = 60_000

/** A new secret in the place of one that may have leaked, is old, or can do too much. */
export function RotateTokenDialog({ token, scopes, finalFocus, onClose, onRotated }: RotateTokenDialogProps) {
  const rotate = useTold(tokens.rotate(), `Token ${token.name} was not rotated`)
  const policy = useQuery(tokens.policy()).data
  const life = allowedLife(token, policy)
  const toast = useToast()
  const now = useNow(TICK_MS)
  const [overlap, setOverlap] = useState<Overlap>('86400')
  const [reason, setReason] = useState('')
  const { failure } = rotate
  const tellUnseen = useUnseenSecret()
  const body: RotateToken = {
    overlapSeconds: Number(overlap),
    ...(scopes && { scopes }),
    // One that is given an end needs no reason to have none.
    ...(life === undefined ? reasonOf(token, reason) : { expiresInSeconds: life }),
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    rotate.run(
      { id: token.id, ...body },
      {
        onSuccess: ({ moved, breaks, ...created }, isShown) => {
          if (moved.length > 0) toast.success(`${dependantNames(moved)} now runs with the new token`)
          if (breaks.length > 0)
            toast.danger('The new token does not do for everything', {
              description: `Look at ${dependantNames(breaks)}: it lacks a scope now.`,
            })
          if (isShown) onRotated(created)
          else tellUnseen(created)
        },
      },
    )
  }

  return (
    <Dialog
      open
      finalFocus={finalFocus}
      size="md"
      dismissible={!rotate.isPending}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={scopes ? `Replace token ${token.name} by a smaller one` : `Rotate token ${token.name}`}
      description={
        scopes
          ? `A new secret with the same ${isCut(token) ? 'name and' : 'name, workspaces and'} addresses, and with fewer scopes.`
          : `A new secret with the same ${isCut(token) ? 'name and' : 'name, scopes, workspaces and'} addresses.`
      }
    >
      <form onSubmit={handleSubmit} className="flex flex-col gap-4 text-base">
        {scopes && <p>{grantSentence(scopes)}</p>}
        {isCut(token) && <p>The new token is granted only what this one can do now{cutWords(token)}.</p>}
        <Field label="How long the old one still works" group hint={overlapWords(overlap, token.expiresAt, now)}>
          <ChoiceChips choices={OVERLAPS} value={overlap} onValueChange={setOverlap} />
        </Field>
        <p className="text-sm text-muted">{newEndWords(token, policy, now)}</p>
        {life === undefined && <NeverReasonField token={token} value={reason} onValueChange={setReason} />}
        <div className="flex flex-col gap-2 text-sm text-muted">
          <LastUseNote token={token} />
          <BreaksNote tokenId={token.id} words="These go on with the new token by themselves:" />
        </div>
        <SameCall endpoint={rotateToken} params={{ id: token.id }} body={body} />
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={onClose} disabled={rotate.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" pending={rotate.isPending}>
            {scopes ? 'Make the smaller token' : 'Rotate token'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

/** What does not go along. */
function cutWords(token: Token): string {
  const scopes = scopeList(cutScopes(token)).join('; ')
  const left = reachLeft(token)
  return `${scopes === '' ? '' : `: not ${scopes}`}${left === undefined ? '' : `; it works ${left}`}`
}

function grantSentence(scopes: Scopes): string {
  const { can, cannot } = summarizeGrant(scopes, 'all')
  // Where it reaches stays as it is, so it is not said again.
  return `${can.replace('In all workspaces this', 'The new')} ${cannot}`
}
