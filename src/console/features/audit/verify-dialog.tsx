import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'

import { audit } from '#console/data/audit.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { Progress } from '#console/ui/progress.tsx'

import { headText, readHead } from './audit-words.ts'
import { VerifyResult } from './verify-result.tsx'

/** Reads the whole chain anew and says whether it holds. Closing it stops the reading. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const verify = useMutation(audit.verify())
  const [noted, setNoted] = useState('')
  const abort = useRef<AbortController>(undefined)
  useEffect(() => () => abort.current?.abort(), [])
  const head = readHead(noted)
  const isUnread = noted.trim() !== '' && head === undefined
  const failure = formFailure(verify.error, 'The chain could not be verified')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (isUnread) return
    abort.current = new AbortController()
    verify.mutate({ head, signal: abort.current.signal })
  }

  return (
    <Dialog
      open
      size="md"
      onOpenChange={onClose}
      title="Verify the audit chain"
      description="Every record is read and its hash computed anew. A record that was changed, left out or moved is found."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <HeadLine />
        <Field
          label="Head noted earlier"
          optional
          hint="Only with one that was kept elsewhere is it seen that the end was cut off or the whole chain written anew."
          error={isUnread ? 'Give the number, a colon and the 64 digits of the hash' : undefined}
        >
          <Input mono value={noted} onChange={(event) => setNoted(event.target.value)} disabled={verify.isPending} />
        </Field>
        {verify.isPending && <Verifying />}
        <div aria-live="polite" className="empty:hidden">
          {verify.data && !verify.isPending && <VerifyResult result={verify.data} onOpenRecord={onClose} />}
        </div>
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={onClose}>{verify.isPending ? 'Stop' : 'Close'}</Button>
          <Button type="submit" variant="primary" pending={verify.isPending}>
            {verify.data ? 'Verify again' : 'Verify the chain'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

function Verifying() {
  const head = useQuery(audit.head()).data
  return (
    <Progress
      label="Reading the chain"
      detail={head === undefined ? undefined : `${formatNumber(head.sequence)} records`}
    />
  )
}

/** The end of the chain as it is now, to be noted where nobody of this server can change it. */
function HeadLine() {
  const head = useQuery(audit.head())
  const text = head.data === undefined ? undefined : headText(head.data)
  return (
    <div>
      <p className="mb-1 text-sm font-medium">Head now</p>
      <div className="flex min-h-10 items-center gap-2 rounded-md border bg-muted p-1.5 pl-3">
        <code className="min-w-0 flex-1 text-xs wrap-anywhere">
          {text ?? (head.isLoadingError ? 'could not be read' : 'is being read')}
        </code>
        {text !== undefined && (
          <CopyButton text={text} label="Copy head hash">
            Copy
          </CopyButton>
        )}
      </div>
      <p className="mt-1 text-xs text-muted">
        Note it somewhere else, such as in a ticket: it proves all records up to here.
      </p>
    </div>
  )
}
