import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { useToast } from '#console/ui/toast.tsx'

import { bodyOf } from './provider-form.ts'

/** Answers what turns a provider off or on; both can be called back from the notice. */
export function useProviderSwitch(): (provider: OidcProvider) => void {
  const { mutate } = useMutation(oidc.save())
  const toast = useToast()
  return useCallback(
    (provider) => {
      const { id, name } = provider
      function set(active: boolean, onDone: () => void) {
        mutate(
          { id, body: { ...bodyOf(provider), active } },
          {
            onSuccess: onDone,
            onError: (error) => {
              const { title, cause } = describeFailure(error, `${name} could not be turned ${active ? 'on' : 'off'}`)
              toast.danger(title, { description: cause })
            },
          },
        )
      }
      const next = !provider.active
      set(next, () =>
        toast.success(`${name} is turned ${next ? 'on' : 'off'}`, {
          description: next ? undefined : 'Nobody signs in by it; open sessions go on.',
          action: { label: 'Undo', onSelect: () => set(!next, () => undefined) },
        }),
      )
    },
    [mutate, toast],
  )
}
