import type { Token } from '#api/contract/tokens.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { canRotate, isSecretKnown, statusReason } from '../token-status-words.ts'

export interface SecretKnownNoteProps {
  token: Token
  onRotate: (token: Token) => void
  onEnable: (token: Token) => void
}

/** That a token was put out of use because somebody who left knows its secret, and the two ways on. */
export function SecretKnownNote({ token, onRotate, onEnable }: SecretKnownNoteProps) {
  if (!isSecretKnown(token)) return null
  return (
    <Callout
      tone="danger"
      title="Disabled: somebody who may no longer use it knows its secret"
      action={
        <>
          <Button size="sm" onClick={() => onEnable(token)}>
            Enable it as it is
          </Button>
          {canRotate(token) && (
            <Button size="sm" variant="primary" onClick={() => onRotate(token)}>
              Rotate to a new secret
            </Button>
          )}
        </>
      }
    >
      <p className="max-w-prose">{statusReason(token)}</p>
    </Callout>
  )
}
