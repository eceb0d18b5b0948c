import { useState } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

/** The notices below name the provider, which what is told by itself could not: it tells nothing. */
const UNTOLD = { describe: () => undefined, showsFailure: false }

/** Answers what reads a provider's own description and says how that went, also of two at once. */
export function useProviderTest(): (provider: OidcProvider) => void {
  const { run } = useTold(oidc.test(), 'The provider was not tested', UNTOLD)
  const toast = useToast()
  // The same from draw to draw; the first `run` goes on working.
  const [act] = useState(
    () =>
      ({ id, name }: OidcProvider): void =>
        run(id, {
          onSuccess: ({ ok, message }) =>
            ok
              ? toast.success(`${name} can be reached`, { description: message })
              : toast.danger(`${name} does not work yet`, { description: message }),
          onError: (error) => {
            const { title, cause } = describeFailure(error, `${name} could not be tested`)
            toast.danger(title, { description: cause })
          },
        }),
  )
  return act
}
