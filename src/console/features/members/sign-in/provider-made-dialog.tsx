import { useMutation } from '@tanstack/react-query'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { oidc } from '#console/data/oidc.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { CodeBlock } from '#console/ui/code-block.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'

/** What is left to do at the provider after it was added here. */
export function ProviderMadeDialog({ provider, onDone }: { provider: OidcProvider; onDone: () => void }) {
  const test = useMutation(oidc.test())
  const failure = formFailure(test.error, 'The test could not be made')
  return (
    <Dialog
      open
      size="md"
      onOpenChange={onDone}
      title={`${provider.name} is added`}
      description="Register this redirect address at the provider, or it sends nobody back."
    >
      <div className="flex flex-col gap-4">
        <CodeBlock label="Redirect address" code={provider.redirectUri} wrap />
        <div aria-live="polite">
          {test.data && (
            <Callout
              tone={test.data.ok ? 'success' : 'danger'}
              title={test.data.ok ? 'The provider can be reached' : 'It does not work yet'}
            >
              {test.data.message}
            </Callout>
          )}
        </div>
        {failure && <FormError {...failure} />}
      </div>
      <DialogFooter>
        <Button onClick={() => test.mutate(provider.id)} pending={test.isPending} className="mr-auto">
          Test discovery
        </Button>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
