import { useState, type FormEvent } from 'react'

import { ApiError } from '#api/client/api-error.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FileDrop } from '#console/ui/file-drop.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { sentWords } from './upload-words.ts'
import { useUpload } from './use-upload.ts'

export interface UploadDialogProps {
  onClose: () => void
  onUploaded: () => void
}

/** Sends an archive file in chunks, goes on after a lost connection, and lists it as a backup that is being verified. */
export function UploadDialog({ onClose, onUploaded }: UploadDialogProps) {
  const [file, setFile] = useState<File | null>(null)
  const [password, setPassword] = useState('')
  const upload = useUpload()
  const toast = useToast()
  const isWrongPassword = upload.error instanceof ApiError && upload.error.code === 'wrong_password'
  const failure = isWrongPassword ? undefined : formFailure(upload.error, 'The archive was not taken in')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (file === null || upload.isSending) return
    upload.start(file, password, ({ status }) => {
      toast.success(
        status === 'running' ? `${file.name} has arrived and is being verified` : `${file.name} has arrived`,
      )
      onUploaded()
    })
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={!upload.isSending}
      size="md"
      title="Upload an archive"
      description="A file that a backup or an export wrote, from this or another Metadeck. It is sent in pieces: one that was interrupted goes on where it stopped."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <FileDrop label="Archive" file={file} onFileChange={setFile} disabled={upload.isSending} />
        <Field
          label="Password"
          optional
          hint="Of an encrypted archive. Without it the file is taken in as it is, and opened when it is restored."
          error={isWrongPassword ? 'The password does not open this archive' : undefined}
        >
          <PasswordInput
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="off"
            disabled={upload.isSending}
          />
        </Field>
        {upload.isSending && file && <Sending upload={upload} name={file.name} />}
        {failure && <FormError {...failure} />}
        {upload.isSending ? (
          <SendingFooter upload={upload} onClose={onClose} />
        ) : (
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={file === null}>
              Upload archive
            </Button>
          </DialogFooter>
        )}
      </form>
    </Dialog>
  )
}

function Sending({ upload: { sent }, name }: { upload: ReturnType<typeof useUpload>; name: string }) {
  const isChecking = sent !== undefined && sent.bytes >= sent.total
  const label = isChecking ? `Checking ${name}` : `Sending ${name}`
  return (
    <div className="flex flex-col gap-1">
      <Progress
        label={sent?.isWaiting ? 'Connection lost. Goes on by itself.' : label}
        detail={sent && sentWords(sent)}
        value={isChecking ? undefined : sent?.bytes}
        total={sent?.total}
        className="wrap-anywhere"
      />
      <p className="text-sm text-muted">
        Keep this page open: closing it stops the upload.
        {sent !== undefined && sent.resumedAt > 0 && ' Goes on where the earlier try stopped.'}
      </p>
    </div>
  )
}

function SendingFooter({ upload, onClose }: { upload: ReturnType<typeof useUpload>; onClose: () => void }) {
  return (
    <DialogFooter>
      <Button pending={upload.isRemoving} onClick={() => upload.discard(onClose)}>
        Throw away what was sent
      </Button>
      <Button
        onClick={() => {
          upload.halt()
          onClose()
        }}
      >
        Stop, go on later
      </Button>
    </DialogFooter>
  )
}
