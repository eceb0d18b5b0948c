import '#console/ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { Providers } from './app/providers.tsx'
import { createRouter } from './app/router.tsx'
import { createServerEvents } from './data/events.ts'
import { createQueryClient } from './data/query-client.ts'
import { watchWaiting } from './data/waiting.ts'

const client = createQueryClient()
const router = createRouter(client, createServerEvents(client))
const waiting = watchWaiting(client)

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <Providers client={client} router={router} waiting={waiting} />
  </StrictMode>,
)
