import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Answers what reads a provider's own description and says how that went. */
export function useProviderTest(): (provider: OidcProvider) => void {
  const { mutate } = useMutation(oidc.test())
  const toast = useToast()
  return useCallback(
    ({ id, name }) =>
      mutate(id, {
        onSuccess: ({ ok, message }) =>
          ok
            ? toast.success(`${name} can be reached`, { description: message })
            : toast.danger(`${name} does not work yet`, { description: message }),
        onError: (error) => {
          const { title, cause } = describeFailure(error, `${name} could not be tested`)
          toast.danger(title, { description: cause })
        },
      }),
    [mutate, toast],
  )
}
