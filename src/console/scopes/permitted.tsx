import type { ReactNode } from 'react'

import type { NeedsProps } from './no-access.tsx'
import { useMay } from './use-may.ts'

interface PermittedProps extends NeedsProps {
  children: ReactNode
  /** For who may not; nothing where its absence puzzles nobody. */
  otherwise?: ReactNode
}

/** What is offered to whoever may do what it is for. */
export function Permitted({ endpoint, where, children, otherwise }: PermittedProps) {
  return useMay()(endpoint, where) ? children : otherwise
}
