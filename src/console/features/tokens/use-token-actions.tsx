import { useMemo, useRef, useState } from 'react'

import type { Scopes } from '#api/contract/scopes.ts'
import type { CreatedToken, Token } from '#api/contract/tokens.ts'
import type { FinalFocus } from '#console/ui/dialog-focus.tsx'

import { backTo } from './actions/back-to.ts'
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
  const back = useRef<FinalFocus>(undefined)
  const finalFocus = () => back.current?.()
  const close = () => setOpen(undefined)
  const reveal = (token: CreatedToken) => setOpen({ dialog: 'reveal', token })
  const act = useMemo((): TokenAct => {
    const show = (next: Open) => {
      back.current = backTo(next.token.name)
      setOpen(next)
    }
    return {
      rotate: (token) => show({ dialog: 'rotate', token }),
      duplicate: (token) => show({ dialog: 'duplicate', token }),
      revoke: (token) => show({ dialog: 'revoke', token }),
      disable,
      enable,
    }
  }, [disable, enable])

  const dialogs = (
    <>
      {open?.dialog === 'rotate' && (
        <RotateTokenDialog
          {...{ token: open.token, scopes: open.scopes, finalFocus }}
          onClose={close}
          onRotated={reveal}
        />
      )}
      {open?.dialog === 'duplicate' && (
        <DuplicateTokenDialog token={open.token} finalFocus={finalFocus} onClose={close} onDuplicated={reveal} />
      )}
      {open?.dialog === 'revoke' && <RevokeTokenDialog token={open.token} finalFocus={finalFocus} onClose={close} />}
      {open?.dialog === 'reveal' && (
        <TokenRevealDialog
          token={open.token}
          finalFocus={finalFocus}
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
    shrink: (token: Token, scopes: Scopes) => {
      back.current = backTo(token.name)
      setOpen({ dialog: 'rotate', token, scopes })
    },
    dialogs,
  }
}
