import { useMutation, useQuery } from '@tanstack/react-query'

import type { Upload } from '#api/contract/uploads.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { arrivedBytes } from '#console/data/upload-file.ts'
import { uploads } from '#console/data/uploads.ts'
import { formatBytes } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Uploads that were interrupted: what has arrived of them is kept for a week. Nothing where there is none. */
export function UnfinishedUploads({ onResume }: { onResume: () => void }) {
  const list = useQuery(uploads.list())
  return list.data?.map((upload) => <Unfinished key={upload.id} upload={upload} onResume={onResume} />)
}

function Unfinished({ upload, onResume }: { upload: Upload; onResume: () => void }) {
  const remove = useMutation(uploads.remove())
  const toast = useToast()

  function handleRemove() {
    remove.mutate(upload.id, {
      onSuccess: () => toast.success(`What had arrived of ${upload.name} is thrown away`),
      onError: (error) => toast.danger(describeFailure(error, '').cause),
    })
  }

  return (
    <Callout
      title={
        <span className="wrap-anywhere">
          {formatBytes(arrivedBytes(upload))} of {formatBytes(upload.bytes)} of {upload.name} are here
        </span>
      }
      action={
        <>
          <Button size="sm" pending={remove.isPending} onClick={handleRemove}>
            Throw away
          </Button>
          <Button size="sm" onClick={onResume}>
            Choose the file again
          </Button>
        </>
      }
    >
      The upload was interrupted, the last piece came <RelativeTime at={upload.touchedAt} />. Choose the same file again
      to go on where it stopped.
    </Callout>
  )
}
