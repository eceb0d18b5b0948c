import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import type { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'

import type { Waiting } from '#console/data/waiting.ts'
import { UiProvider } from '#console/ui/ui-provider.tsx'

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
        <RouterProvider router={router} />
        <WaitingNotice waiting={waiting} />
      </UiProvider>
    </QueryClientProvider>
  )
}
