import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import type { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'

import type { Waiting } from '#console/data/waiting.ts'
import { UiProvider } from '#console/ui/ui-provider.tsx'

import { TellMissedFailures } from './missed-failures.tsx'
import { RecoveryCodesKeeper } from './recovery-codes-keeper.tsx'
import { WaitingNotice } from './waiting-notice.tsx'

interface ProvidersProps {
  client: QueryClient
  router: ReturnType<typeof createBrowserRouter>
  waiting: Waiting
}

export function Providers({ client, router, waiting }: ProvidersProps) {
  return (
    <QueryClientProvider client={client}>
      <UiProvider>
        <TellMissedFailures>
          <RecoveryCodesKeeper>
            <RouterProvider router={router} />
          </RecoveryCodesKeeper>
        </TellMissedFailures>
        <WaitingNotice waiting={waiting} />
      </UiProvider>
    </QueryClientProvider>
  )
}
