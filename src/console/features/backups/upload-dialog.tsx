import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'

import { ApiError } from '#api/client/api-error.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { formatBytes } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FileDrop } from '#console/ui/file-drop.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { useToast } from '#console/ui/toast.tsx'

export interface UploadDialogProps {
  onClose: () => void
  onUploaded: () => void
}

/** Takes an archive file into the list; the server checks all of it on the way in. */
export function UploadDialog({ onClose, onUploaded }: UploadDialogProps) {
  const [file, setFile] = useState<File | null>(null)
  const [password, setPassword] = useState('')
  const upload = useMutation(backups.upload())
  const toast = useToast()
  const isWrongPassword = upload.error instanceof ApiError && upload.error.code === 'wrong_password'
  const failure = isWrongPassword ? undefined : formFailure(upload.error, 'The archive was not taken in')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (file === null) return
    upload.mutate(
      { file, password },
      {
        onSuccess: ({ workspaceName, summary }) => {
          toast.success(summary === null ? `${file.name} uploaded` : `Archive of ${workspaceName} uploaded`)
          onUploaded()
        },
      },
    )
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={!upload.isPending}
      size="md"
      title="Upload an archive"
      description="A file that a backup or an export wrote, from this or another Metadeck."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <FileDrop label="Archive" file={file} onFileChange={setFile} disabled={upload.isPending} />
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
            disabled={upload.isPending}
          />
        </Field>
        {upload.isPending && file && (
          <Progress label={`Uploading and checking ${file.name}`} detail={formatBytes(file.size)} />
        )}
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={onClose} disabled={upload.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" pending={upload.isPending} disabled={file === null}>
            Upload archive
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
