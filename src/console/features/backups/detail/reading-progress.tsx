import type { Failure } from '#api/contract/backups.ts'
import { Button } from '#console/ui/button.tsx'
import { Progress, type ProgressProps } from '#console/ui/progress.tsx'

interface ReadingProgressProps extends Pick<ProgressProps, 'label' | 'detail' | 'value' | 'total'> {
  /** Of the try before this one. */
  failure: Failure | null
  /** Names what ends: "Cancel verification". */
  cancelLabel: string
  isCancelling: boolean
  onCancel: () => void
}

/** A verification or a drill under way, and the way to end it: the backup stays as it is. */
export function ReadingProgress({ failure, cancelLabel, isCancelling, onCancel, ...progress }: ReadingProgressProps) {
  return (
    <>
      <Progress {...progress} />
      {failure && <p className="wrap-anywhere text-warning">Tries again by itself: {failure.message}</p>}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-muted">Runs on the server. You can close this tab.</p>
        <Button size="sm" pending={isCancelling} onClick={onCancel}>
          {cancelLabel}
        </Button>
      </div>
    </>
  )
}
