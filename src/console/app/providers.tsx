import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import type { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'

import { UiProvider } from '#console/ui/ui-provider.tsx'

interface ProvidersProps {
  client: QueryClient
  router: ReturnType<typeof createBrowserRouter>
}

export function Providers({ client, router }: ProvidersProps) {
  return (
    <QueryClientProvider client={client}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>
  )
}
