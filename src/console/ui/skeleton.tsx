import { cx } from '#console/lib/cx.ts'

/** One grey shape where something will be. Still: nothing moves on its own but progress. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('rounded-sm bg-muted', className)} />
}

/** Says to assistive technology what the grey shapes say to the eye. */
export function LoadingNote({ label }: { label: string }) {
  return <output className="sr-only">{label}</output>
}

const lineWidths = ['w-full', 'w-11/12', 'w-4/5', 'w-2/3']

export interface TextSkeletonProps {
  lines?: number | undefined
  label?: string | undefined
  /** The least height of what comes, so that nothing below it moves. */
  className?: string | undefined
}

/** A paragraph that is on its way. */
export function TextSkeleton({ lines = 3, label = 'Loading', className }: TextSkeletonProps) {
  return (
    <div className={cx('flex flex-col gap-2', className)}>
      <LoadingNote label={label} />
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={cx('h-3.5', lineWidths[index % lineWidths.length])} />
      ))}
    </div>
  )
}

/** A list that is on its way, in the rhythm of a real table. */
export function TableSkeleton({
  rows = 8,
  columns = 5,
  label = 'Loading',
}: {
  rows?: number
  columns?: number
  label?: string
}) {
  return (
    <div className="overflow-hidden rounded-lg border bg-panel">
      <LoadingNote label={label} />
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div key={row} className={cx('flex h-8 items-center gap-6 px-3', row > 0 && 'border-t')}>
          {Array.from({ length: columns }, (_column, column) => (
            <div key={column} className={column === 0 ? 'flex-2' : 'flex-1'}>
              <Skeleton className={cx('h-3', row === 0 ? 'w-12' : lineWidths[(row + column) % lineWidths.length])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
