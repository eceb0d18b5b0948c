import { LoadingNote, Skeleton } from '#console/ui/skeleton.tsx'

/** A backup on its way, in its shape. */
export function BackupSkeleton() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <LoadingNote label="Loading the backup" />
      {[
        [4, 3, 2],
        [8, 4],
      ].map((panels) => (
        <div key={panels.join()} aria-hidden className="flex min-w-0 flex-col gap-4">
          {panels.map((lines) => (
            <PanelSkeleton key={lines} lines={lines} />
          ))}
        </div>
      ))}
    </div>
  )
}

function PanelSkeleton({ lines }: { lines: number }) {
  return (
    <div className="rounded-lg border bg-panel">
      <div className="border-b px-4 py-3.5">
        <Skeleton className="h-4 w-28" />
      </div>
      <div className="flex flex-col gap-3.5 p-4">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} className={`h-3.5 max-w-full ${line % 2 === 0 ? 'w-80' : 'w-64'}`} />
        ))}
      </div>
    </div>
  )
}
