import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import type { UploadProgress } from '#console/data/upload-file.ts'
import { uploads } from '#console/data/uploads.ts'
import { formatBytes } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { FileDrop } from '#console/ui/file-drop.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Progress } from '#console/ui/progress.tsx'

import { uploadRate } from '../archive-words.ts'

interface Sent extends UploadProgress {
  startedAt: number
  at: number
}

/**
 * Takes an archive file in as soon as it is chosen, in chunks: a lost connection is waited for, and the same file chosen
 * again goes on where it stopped. Its password is asked for afterwards, like that of any other.
 */
export function ArchiveUpload({ onUploaded }: { onUploaded: (backup: Backup) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState<Sent>()
  const stop = useRef<AbortController>(undefined)
  const upload = useMutation(uploads.send())
  const unfinished = useUnfinished()
  useLeaveWarning(upload.isPending)
  const failure = formFailure(upload.error, 'The archive was not taken in')

  useEffect(() => () => stop.current?.abort(), [])

  function handleFile(next: File | null) {
    stop.current?.abort()
    upload.reset()
    setFile(next)
    setSent(undefined)
    if (next === null) return
    const startedAt = performance.now()
    const onProgress = (progress: UploadProgress) => setSent({ ...progress, startedAt, at: performance.now() })
    stop.current = new AbortController()
    const { signal } = stop.current
    upload.mutate({ file: next, password: '', signal, onProgress }, { onSuccess: onUploaded })
  }

  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label="Upload an archive"
        file={file}
        onFileChange={handleFile}
        disabled={upload.isPending}
        hint={unfinished ?? 'Choose a file or drop it here.'}
      />
      {upload.isPending && file && (
        <div className="flex items-end gap-4">
          <Progress
            label={sent?.isWaiting ? 'Connection lost. Goes on by itself' : `Uploading ${file.name}`}
            detail={sent && sentWords(sent)}
            value={sent?.bytes}
            total={sent?.total}
            className="min-w-0 flex-1 wrap-anywhere"
          />
          <Button size="sm" onClick={() => handleFile(null)}>
            Stop
          </Button>
        </div>
      )}
      {failure && <FormError {...failure} />}
    </div>
  )
}

/** What an earlier try left, so that the same file is chosen again. */
function useUnfinished(): string | undefined {
  const last = useQuery(uploads.list()).data?.[0]
  if (last === undefined) return undefined
  const bytes = last.bytes - Math.min(last.bytes, last.missing.length * last.chunkBytes)
  return `${formatBytes(bytes)} of ${formatBytes(last.bytes)} of ${last.name} are here: choose it again to go on.`
}

/** Asks before the page is left in the middle of something. */
function useLeaveWarning(isBusy: boolean) {
  useEffect(() => {
    if (!isBusy) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isBusy])
}

/** `12.4 of 40 MB · 9.8 MB/s`. */
function sentWords({ bytes, total, resumedAt, startedAt, at }: Sent): string {
  const rate = uploadRate(bytes - resumedAt, at - startedAt)
  return [`${formatBytes(bytes)} of ${formatBytes(total)}`, rate].filter(Boolean).join(' · ')
}
