import { useMemo, useState } from 'react'

import type { Scopes } from '#api/contract/scopes.ts'
import type { CreatedToken, Token } from '#api/contract/tokens.ts'

import { DuplicateTokenDialog } from './actions/duplicate-token-dialog.tsx'
import { RevokeTokenDialog } from './actions/revoke-token-dialog.tsx'
import { RotateTokenDialog } from './actions/rotate-token-dialog.tsx'
import { useTokenSwitch } from './actions/use-token-switch.ts'
import { TokenRevealDialog } from './create/token-reveal-dialog.tsx'
import type { Revocable, TokenAct } from './token-act.ts'

type Open =
  | { dialog: 'rotate'; token: Token; scopes?: Scopes | undefined }
  | { dialog: 'duplicate'; token: Token }
  | { dialog: 'revoke'; token: Revocable }
  | { dialog: 'reveal'; token: CreatedToken }

/** What can be done with tokens, and the dialogs that it opens. `onMade` gets the id of a new one once its secret is kept. */
export function useTokenActions(onMade?: (id: number) => void) {
  const [open, setOpen] = useState<Open>()
  const { disable, enable } = useTokenSwitch()
  const close = () => setOpen(undefined)
  const reveal = (token: CreatedToken) => setOpen({ dialog: 'reveal', token })
  const act = useMemo(
    (): TokenAct => ({
      rotate: (token) => setOpen({ dialog: 'rotate', token }),
      duplicate: (token) => setOpen({ dialog: 'duplicate', token }),
      revoke: (token) => setOpen({ dialog: 'revoke', token }),
      disable,
      enable,
    }),
    [disable, enable],
  )

  const dialogs = (
    <>
      {open?.dialog === 'rotate' && (
        <RotateTokenDialog token={open.token} scopes={open.scopes} onClose={close} onRotated={reveal} />
      )}
      {open?.dialog === 'duplicate' && (
        <DuplicateTokenDialog token={open.token} onClose={close} onDuplicated={reveal} />
      )}
      {open?.dialog === 'revoke' && <RevokeTokenDialog token={open.token} onClose={close} />}
      {open?.dialog === 'reveal' && (
        <TokenRevealDialog
          token={open.token}
          onDone={() => {
            close()
            onMade?.(open.token.id)
          }}
        />
      )}
    </>
  )
  return {
    act,
    /** Rotates to fewer scopes. */
    shrink: (token: Token, scopes: Scopes) => setOpen({ dialog: 'rotate', token, scopes }),
    dialogs,
  }
}
