import { LoadingNote, Skeleton } from '#console/ui/skeleton.tsx'

/** The form on its way, in its shape. */
export function EditorSkeleton() {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]">
      <LoadingNote label="Loading the schedule" />
      <div aria-hidden className="flex flex-col gap-5">
        {[0, 1, 2, 3].map((part) => (
          <div key={part} className="flex flex-col gap-3 border-t pt-4 first:border-t-0 first:pt-0">
            <Skeleton className="h-5 w-20" />
            <Skeleton className="h-8 w-full" />
            <Skeleton className="h-8 w-72 max-w-full" />
          </div>
        ))}
      </div>
      <Skeleton className="h-96 w-full rounded-lg" />
    </div>
  )
}
