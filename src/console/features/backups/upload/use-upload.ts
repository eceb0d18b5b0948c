import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import type { UploadProgress } from '#console/data/upload-file.ts'
import { uploads } from '#console/data/uploads.ts'

import type { SentSoFar } from './upload-words.ts'

/** Sends an archive, and stops that with or without throwing away what has arrived. */
export function useUpload() {
  const send = useMutation(uploads.send())
  const remove = useMutation(uploads.remove())
  const stop = useRef<AbortController>(undefined)
  const [sent, setSent] = useState<SentSoFar>()
  const [isStopped, setIsStopped] = useState(false)
  const { isPending } = send

  useEffect(() => () => stop.current?.abort(), [])
  useEffect(() => {
    if (!isPending) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isPending])

  function start(file: File, password: string, onDone: (backup: Backup) => void): void {
    const startedAt = performance.now()
    const onProgress = (progress: UploadProgress) => setSent({ ...progress, startedAt, at: performance.now() })
    stop.current = new AbortController()
    setSent(undefined)
    setIsStopped(false)
    send.mutate({ file, password, signal: stop.current.signal, onProgress }, { onSuccess: onDone })
  }

  function halt(): void {
    setIsStopped(true)
    stop.current?.abort()
  }

  return {
    start,
    /** What has arrived stays, to be gone on with. */
    halt,
    discard: (onDone: () => void) => {
      halt()
      if (sent === undefined) onDone()
      else remove.mutate(sent.id, { onSuccess: onDone })
    },
    isSending: isPending,
    isRemoving: remove.isPending,
    sent,
    error: isStopped ? remove.error : send.error,
  }
}
