import { KeyRound } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'

import type { SignInMethods } from '#api/contract/sign-in-methods.ts'
import { knowsPasskeys, passkeyFailure } from '#console/credentials/passkey-failure.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import { cancelPasskeyRequest, passkeys } from '#console/data/passkeys.ts'
import { providerPath } from '#console/data/sign-in-methods.ts'
import { useTold } from '#console/data/use-told.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'

interface OtherWaysProps {
  methods: SignInMethods
  nextPath: string
  onSignedIn: () => void
}

const FAILURE_TITLE = 'Could not sign in with a passkey'

/** Whether passkeys can be used at this address and in this browser. */
export const offersPasskeys = (methods: SignInMethods | undefined): boolean =>
  methods?.passkeys.available === true && knowsPasskeys()

/** Signing in without the password: by a passkey or by a provider; nothing where this Metadeck has neither. */
export function OtherWays({ methods, nextPath, onSignedIn }: OtherWaysProps) {
  const hasPasskeys = offersPasskeys(methods)
  if (!hasPasskeys && methods.oidc.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-(--line) after:h-px after:flex-1 after:bg-(--line)">
        or
      </p>
      {hasPasskeys && <PasskeyButton onSignedIn={onSignedIn} />}
      {methods.oidc.map(({ id, name }) => (
        <ButtonLink key={id} to={providerPath(id, nextPath)} reloadDocument className="wrap-anywhere">
          Continue with {name}
        </ButtonLink>
      ))}
    </div>
  )
}

function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const signIn = useTold(passkeys.signIn('button'), FAILURE_TITLE, { describe: passkeyFailure })
  const fromForm = usePasskeyFromForm(onSignedIn)
  const failure = signIn.failure ?? fromForm
  return (
    <>
      <Button
        pending={signIn.isPending}
        onClick={() => signIn.run(undefined, { onSuccess: (_session, isShown) => isShown && onSignedIn() })}
      >
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
      {failure && <FormError {...failure} />}
    </>
  )
}

/** Has the browser offer passkeys where the e-mail address is typed, where it can; answers why one of them did not fit. */
function usePasskeyFromForm(onSignedIn: () => void): FormFailure | undefined {
  const { run, failure } = useTold(passkeys.signIn('form'), FAILURE_TITLE, { describe: passkeyFailure })
  const begin = useEffectEvent(() => run(undefined, { onSuccess: (_session, isShown) => isShown && onSignedIn() }))

  useEffect(() => {
    let state: 'asking' | 'offered' | 'left' = 'asking'
    void PublicKeyCredential.isConditionalMediationAvailable?.().then((isAvailable) => {
      if (!isAvailable || state === 'left') return
      state = 'offered'
      begin()
    })
    return () => {
      if (state === 'offered') void cancelPasskeyRequest()
      state = 'left'
    }
  }, [])

  return failure
}
