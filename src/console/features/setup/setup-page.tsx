import type { QueryClient } from '@tanstack/react-query'
import { redirect } from 'react-router'

import { useLinkSecret } from '#console/credentials/use-link-secret.ts'
import { setup } from '#console/data/setup.ts'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

import { SetupForm } from './setup-form.tsx'

/** Once there is an owner, this page has nothing left to do. */
export function createLoader(client: QueryClient) {
  return async () => {
    const { needed } = await client.query(setup.state())
    return needed ? null : redirect('/sign-in')
  }
}

export function Component() {
  const secret = useLinkSecret()
  return secret === '' ? <LinkNeeded /> : <OwnerNeeded secret={secret} />
}

function OwnerNeeded({ secret }: { secret: string }) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Set up Metadeck" description="You become the owner: the one who may do everything here." />
      <SetupForm secret={secret} />
    </div>
  )
}

function LinkNeeded() {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Set up Metadeck"
        description="Nobody owns this Metadeck yet. Open its one-time setup link to become the owner."
      />
      <Callout title="Where to find it">
        The server prints it when it starts, in the terminal that runs <code>npm start</code> or in its log. It works
        once; a restart prints a new one.
        <code className="mt-2 block wrap-anywhere">{location.origin}/setup#…</code>
      </Callout>
    </div>
  )
}
