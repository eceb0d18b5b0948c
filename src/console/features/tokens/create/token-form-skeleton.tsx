import { LoadingNote, Skeleton } from '#console/ui/skeleton.tsx'

/** The form on its way, in its shape: fields at the left, the summary at the right. */
export function TokenFormSkeleton() {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]">
      <LoadingNote label="Loading the form" />
      <div className="flex min-w-0 flex-col gap-5">
        {['name', 'preset', 'expiry', 'workspaces', 'addresses'].map((field) => (
          <div key={field} className="flex flex-col gap-1.5">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-8" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        ))}
        <Skeleton className="h-120" />
      </div>
      <Skeleton className="h-80" />
    </div>
  )
}
