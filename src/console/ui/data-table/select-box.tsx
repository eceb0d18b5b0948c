import { lazy, Suspense } from 'react'

import type { CheckboxProps } from '../checkbox.tsx'

const Checkbox = lazy(async () => ({ default: (await import('../checkbox.tsx')).Checkbox }))

/** A row's checkbox. Few lists can be selected from, so its code comes only with those. */
export function SelectBox(props: CheckboxProps) {
  return (
    <Suspense fallback={<span className="block size-4" />}>
      <Checkbox {...props} />
    </Suspense>
  )
}
