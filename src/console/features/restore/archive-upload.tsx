import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { formatBytes } from '#console/lib/format.ts'
import { FileDrop } from '#console/ui/file-drop.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Progress } from '#console/ui/progress.tsx'

/** Takes an archive file in as soon as it is chosen; its password is asked for afterwards, like that of any other. */
export function ArchiveUpload({ onUploaded }: { onUploaded: (backup: Backup) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const upload = useMutation(backups.upload())
  const failure = formFailure(upload.error, 'The archive was not taken in')

  function handleFile(next: File | null) {
    setFile(next)
    if (next === null) upload.reset()
    else upload.mutate({ file: next, password: '' }, { onSuccess: onUploaded })
  }

  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label="Upload an archive"
        file={file}
        onFileChange={handleFile}
        disabled={upload.isPending}
        hint="Choose a file or drop it here; it is checked on the way in."
      />
      {upload.isPending && file && (
        <Progress label={`Uploading and checking ${file.name}`} detail={formatBytes(file.size)} />
      )}
      {failure && <FormError {...failure} />}
    </div>
  )
}
