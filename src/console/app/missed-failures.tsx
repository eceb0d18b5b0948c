import type { ReactNode } from 'react'

import { MissedFailures } from '#console/data/missed-failures.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Tells by a notice what failed and no part of the page shows. */
export function TellMissedFailures({ children }: { children: ReactNode }) {
  const toast = useToast()
  return (
    <MissedFailures value={({ title, children: reason }) => toast.danger(title, { description: reason })}>
      {children}
    </MissedFailures>
  )
}
