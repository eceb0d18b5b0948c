import { LoaderCircle } from 'lucide-react'

import { cx } from '#console/lib/cx.ts'

/** Turns while something is under way; the words beside it say what. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cx('size-4 animate-spin stroke-[1.5]', className)} />
}
