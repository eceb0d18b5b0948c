import { Field } from '@base-ui/react/field'
import type { ReactNode } from 'react'

/** Around a control that has words of its own, so that it is named by them and not by the `Field` it stands in. */
export function OwnLabel({ children }: { children: ReactNode }) {
  return <Field.Root render={<span className="contents" />}>{children}</Field.Root>
}
